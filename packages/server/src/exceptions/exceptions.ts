import { randomBytes } from 'node:crypto'
import { type Account, type Exception, longestExceptionDays, PlatformError, type Project } from '@uais/contract'
import { catalogue } from '@uais/guardrails'
import type { Call } from '../access/route.ts'
import * as events from '../events.ts'
import { firstStatus } from '../resources/resource.ts'
import { insertResource, lockResource, needResource, writeStatus } from '../resources/store.ts'
import { proveAgain } from './prove-again.ts'

type Asked = Call<'exceptions.create'>['body']
type Decision = Exception['status']['outputs']['decision']

const dayMs = 86_400_000

/** Asks for an exception in the whole account. It changes nothing until an owner of the account approves it. */
export const requestInAccount = (call: Call<'exceptions.create'>, account: Account): Promise<Exception> =>
  request(call, account, null)

/** As `requestInAccount`, for what one project's roles do. */
export async function requestInProject(
  call: Call<'exceptions.create-in-project'>,
  project: Project,
): Promise<Exception> {
  return request(call, await needResource(call.db, 'Account', project.accountId ?? ''), project)
}

async function request(
  { db, person, body, telling }: Pick<Call<'exceptions.create'>, 'db' | 'person' | 'body' | 'telling'>,
  account: Account,
  project: Project | null,
): Promise<Exception> {
  check(body, account, project, new Date())
  const exception = await insertResource(db, {
    kind: 'Exception',
    name: `${body.control.toLowerCase()}-${randomBytes(4).toString('hex')}`,
    accountId: account.id,
    projectId: project?.id ?? null,
    spec: { ...body, requestedBy: person },
    status: firstStatus<'Exception'>(
      { decision: 'requested', decidedBy: null, decidedAt: null, comment: '' },
      'Waiting',
    ),
    createdBy: person,
  })
  await events.acted(telling, person, 'RequestException', exception, `${describe(exception)} was asked for`)
  return exception
}

/** @throws PlatformError invalid-request with every fault; not-found for a project that is being deleted is the reader's */
function check(asked: Asked, account: Account, project: Project | null, now: Date): void {
  const faults: { path: string; message: string }[] = []
  if (!catalogue.some(({ id }) => id === asked.control))
    faults.push({ path: 'control', message: `there is no control '${asked.control}' in the catalogue` })
  if (asked.invariant && !asked.invariant.startsWith(`${asked.control}/`))
    faults.push({ path: 'invariant', message: `is not a promise of ${asked.control}` })
  if (asked.principal && asked.principal.split(':')[4] !== account.spec.awsAccountId)
    faults.push({ path: 'principal', message: `must be of account ${account.spec.awsAccountId}` })
  if (asked.principal && project && !asked.principal.includes(`:role/uais/projects/uais-${project.name}-`))
    faults.push({ path: 'principal', message: `is not a role of project '${project.name}'` })
  const left = Date.parse(asked.expiresAt) - now.getTime()
  if (left <= 0) faults.push({ path: 'expiresAt', message: 'must be in the future' })
  else if (left > longestExceptionDays * dayMs)
    faults.push({ path: 'expiresAt', message: `must be at most ${longestExceptionDays} days away` })
  if (faults.length === 0) return
  const message = faults.map((fault) => `${fault.path}: ${fault.message}`).join('; ')
  throw new PlatformError('invalid-request', `asking for an exception: ${message}`, { details: { fields: faults } })
}

/** What it covers, in a few words. */
const describe = ({ spec }: Exception) =>
  `an exception from ${spec.invariant ?? spec.control}${spec.principal ? ` for ${spec.principal}` : ''} until ${spec.expiresAt}`

/** Puts it in force. Who may is the policies' business: an owner, and never the one who asked. */
export const approve = (call: Call<'exceptions.approve'>, found: Exception): Promise<Exception> =>
  decide(call, found, 'approved', 'DecideException')

export const reject = (call: Call<'exceptions.reject'>, found: Exception): Promise<Exception> =>
  decide(call, found, 'rejected', 'DecideException')

/** Ends it, asked for or in force; what it let pass is proved again without it. */
export const revoke = (call: Call<'exceptions.revoke'>, found: Exception): Promise<Exception> =>
  decide(call, found, 'revoked', 'RevokeException')

/** Which decisions may follow which. */
const from: Readonly<Record<'approved' | 'rejected' | 'revoked', readonly Decision[]>> = {
  approved: ['requested'],
  rejected: ['requested'],
  revoked: ['requested', 'approved'],
}

async function decide(
  { db, person, body, telling }: Pick<Call<'exceptions.approve'>, 'db' | 'person' | 'body' | 'telling'>,
  found: Exception,
  decision: 'approved' | 'rejected' | 'revoked',
  action: string,
): Promise<Exception> {
  const exception = await lockResource(db, 'Exception', found.id)
  const before = exception.status.outputs.decision
  const doing = `deciding on '${exception.name}'`
  if (!from[decision].includes(before)) throw new PlatformError('conflict', `${doing}: it is already ${before}`)
  if (decision === 'approved' && Date.parse(exception.spec.expiresAt) <= Date.now())
    throw new PlatformError('conflict', `${doing}: its time ran out at ${exception.spec.expiresAt}; ask for another`)
  const changed = await writeStatus(db, 'Exception', exception.id, {
    phase: 'Ready',
    observedGeneration: exception.generation,
    outputs: { decision, decidedBy: person, decidedAt: new Date().toISOString(), comment: body.comment },
  })
  await events.acted(telling, person, action, changed, `${describe(changed)} was ${decision}`)
  if (before === 'approved' || decision === 'approved') await proveAgain(db, changed)
  return changed
}
