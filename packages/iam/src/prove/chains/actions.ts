import { type CatalogueAction, catalogueAction, resourcesMatching } from '../../catalogue/catalogue.ts'
import { actionNames } from './action-names.ts'

let loading: Promise<Actions> | undefined

/** The actions that take part in some way, as the catalogue has them. */
export class Actions {
  readonly #entries: ReadonlyMap<string, CatalogueAction>

  private constructor(entries: ReadonlyMap<string, CatalogueAction>) {
    this.#entries = entries
  }

  static load(): Promise<Actions> {
    loading ??= Promise.all(actionNames().map(read)).then((entries) => new Actions(new Map(entries)))
    return loading
  }

  get(name: string): CatalogueAction {
    const entry = this.#entries.get(name)
    if (!entry) throw new Error(`looking for ways to take over: ${name} is not among the actions that were loaded`)
    return entry
  }

  /** Whether the action can be asked for on this ARN. */
  concerns(name: string, arn: string): boolean {
    return resourcesMatching(this.get(name), arn).length > 0
  }

  /** ARN pattern of a resource type of the action. */
  patternOf(name: string, type: string, partition: string): string {
    const resource = this.get(name).resources.find((one) => one.type === type)
    if (!resource) throw new Error(`looking for ways to take over: ${name} has no resource type ${type}`)
    return resource.arn.replaceAll('${Partition}', partition).replaceAll(/\$\{[^}]+\}/g, '*')
  }
}

async function read(name: string): Promise<[string, CatalogueAction]> {
  const entry = await catalogueAction(name)
  if (!entry) throw new Error(`looking for ways to take over: the action catalogue has no ${name}`)
  return [name, entry]
}
