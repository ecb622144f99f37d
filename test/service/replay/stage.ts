import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import type { Counterexample, NamedDocument, ProofBundle, ProofRequest } from '@uais/iam'
import { type Sandbox, startSandbox } from '@uais/sandbox'
import { commands } from './commands.ts'
import { attach, policiesOf } from './organization.ts'
import { makePrincipals, nameOf } from './principals.ts'
import { makeLab, makeResource, type Network } from './resources.ts'
import { checkCarried } from './scene.ts'
import { type ClientConfig, keysIn, signIn, signInAs } from './sign-in.ts'
import { account, document } from './statements.ts'
import { enterStudio } from './studio.ts'

/** A request that AWS's authorisation stopped. */
export interface Refusal {
  request: ProofRequest
  code: string
  message: string
}

/** A sandbox in which the world of a bundle is really built, to send a counterexample's requests to it. */
export interface Stage {
  /** The bundle, with the ids that AWS gave. */
  bundle: ProofBundle
  /** Attaches the organisation's policies of the bundle, and of `more`. From here on they bind everybody. */
  guard(more?: NamedDocument): Promise<void>
  /** Builds what a counterexample is about and the bundle does not list. */
  furnish(counterexample: Counterexample): Promise<void>
  /** Sends steps and act as their principals: the first refusal, or undefined. @throws the SDK's error of any other failure */
  replay(counterexample: Counterexample): Promise<Refusal | undefined>
  close(): Promise<void>
}

/**
 * What the service says of a request that authorisation let through: the one error that counts as allowed. (A notebook
 * instance with security groups and no subnet is judged by IAM and only then by SageMaker.) All others must succeed.
 */
const afterAuthorisation: Record<string, string> = { 'sagemaker:CreateNotebookInstance': 'ValidationException' }
const refusals = ['AccessDenied', 'AccessDeniedException']

export async function openStage(paper: ProofBundle): Promise<Stage> {
  const sandbox = await startSandbox({ port: 0 })
  const admin = await signIn(sandbox, 'claims', 'admin')
  const management = await signIn(sandbox, 'management', 'admin')
  await makePrincipals(paper, admin)
  const network = await makeLab(admin)
  let bundle = paper
  // In the order of the list: a user profile comes after its domain, and bears the domain's own id.
  for (let at = 0; at < bundle.resources.length; at++) {
    const resource = bundle.resources[at]!
    const id = await makeResource(resource, admin, network)
    if (id) bundle = renamed(bundle, `/${nameOf(resource.arn)}`, `/${id}`)
  }
  return {
    bundle,
    guard: async (more) => {
      const { serviceControlPolicies = [], resourceControlPolicies = [] } = bundle
      const own = [...policiesOf(serviceControlPolicies), ...(more ? [more] : [])]
      await attach(own, 'SERVICE_CONTROL_POLICY', management)
      await attach(policiesOf(resourceControlPolicies), 'RESOURCE_CONTROL_POLICY', management)
    },
    furnish: (counterexample) => furnish(sandbox, { bundle, admin, network }, counterexample),
    replay: (counterexample) => replay(sandbox, { bundle, admin, network }, counterexample),
    close: () => sandbox.stop(),
  }
}

interface World {
  bundle: ProofBundle
  admin: ClientConfig
  network: Network
}

/** Keys that the promise is asked without. */
function absentIn({ invariants: [invariant] }: ProofBundle): string[] {
  const when = invariant && 'when' in invariant ? invariant.when : undefined
  return Object.entries(when?.Null ?? {}).flatMap(([key, value]) => (String(value) === 'true' ? [key] : []))
}

const renamed = (bundle: ProofBundle, from: string, to: string): ProofBundle =>
  JSON.parse(JSON.stringify(bundle).replaceAll(from, to)) as ProofBundle

async function furnish(
  sandbox: Sandbox,
  { bundle, admin, network }: World,
  { steps, ...act }: Counterexample,
): Promise<void> {
  for (const { action, resource, context } of [...steps, act]) {
    const isMade = /:Create(?!Presigned)/.test(action)
    const isThere = bundle.resources.some(({ arn }) => arn === resource)
    if (resource === '*' || isThere || isMade || /^(iam|sts):/.test(action)) continue
    const tags = Object.fromEntries(
      Object.entries(context).flatMap(([key, value]) =>
        key.startsWith('aws:ResourceTag/') ? [[key.slice('aws:ResourceTag/'.length), String(value)]] : [],
      ),
    )
    const isForeign = resource.startsWith('arn:aws:s3:::elsewhere')
    const owner = isForeign ? await signIn(sandbox, 'trials', 'admin') : admin
    await makeResource({ arn: resource, tags }, owner, network)
    if (isForeign) await letIn(owner)
  }
}

/** The other account's bucket, whose owner lets this account in. */
async function letIn(owner: ClientConfig): Promise<void> {
  const Principal = { AWS: `arn:aws:iam::${account}:root` }
  const policy = document([{ Effect: 'Allow', Principal, Action: 's3:*', Resource: 'arn:aws:s3:::elsewhere/*' }])
  const put = new PutBucketPolicyCommand({ Bucket: 'elsewhere', Policy: JSON.stringify(policy) })
  await new S3Client(owner).send(put)
}

async function replay(
  sandbox: Sandbox,
  { bundle, admin, network }: World,
  { steps, ...act }: Counterexample,
): Promise<Refusal | undefined> {
  const requests = [...steps, act]
  const first = requests[0] ?? act
  // Whoever comes later acts with keys that a step has given: nobody else is signed in.
  const sessions = new Map([[first.principal, await signInAs(sandbox, admin, first)]])
  for (const [at, request] of requests.entries()) {
    const { action, principal, resource } = request
    const command = commands[action]
    if (!command) throw new Error(`replaying ${action}: commands.ts does not say how it is sent`)
    checkCarried(request)
    const config = sessions.get(principal)
    if (!config) throw new Error(`replaying ${action}: no step before gave the keys of ${principal}`)
    const later = requests.slice(at + 1)
    try {
      const answer = await command(config, request, { network, later, without: absentIn(bundle) })
      const isStudio = action === 'sagemaker:CreatePresignedDomainUrl' && later[0]
      const credentials = isStudio ? await enterStudio(answer) : keysIn(answer)
      if (credentials) sessions.set(isStudio ? isStudio.principal : resource, { ...admin, credentials })
    } catch (error) {
      const { name, message } = error as Error
      if (refusals.includes(name)) return { request, code: name, message }
      if (name !== afterAuthorisation[action])
        throw new Error(`${principal} ${action} ${resource}: ${name}`, { cause: error })
    }
  }
  return undefined
}
