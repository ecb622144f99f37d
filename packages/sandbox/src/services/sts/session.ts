import type { PolicyDocument } from '@uais/iam'
import { type Credential, credentialTable, newSecret, newSessionToken, uniqueId } from '../../kernel/credentials.ts'
import type { Call, CallOrigin } from '../../kernel/operation.ts'
import type { RoleSession } from '../../kernel/principal.ts'
import type { Table } from '../../kernel/table.ts'
import type { RoleRow } from '../iam/state.ts'

export interface NewSession {
  role: RoleRow
  sessionName: string
  seconds: number
  sessionPolicies?: PolicyDocument[]
  sessionTags?: Record<string, string>
  transitiveTagKeys?: string[]
  sourceIdentity?: string | undefined
  /** The service that assumed the role for its own work. */
  invokedBy?: string | undefined
  origin?: CallOrigin | undefined
}

export function credentials(call: Call): Table<Credential> {
  const [service, account, region, kind] = credentialTable.split('|') as [string, string, string, string]
  return call.table<Credential>(kind, { service, account, region })
}

/** Makes temporary credentials for a session of a role. Whether they may be had has been decided before. */
export function issueSession(call: Call, session: NewSession): Credential & { principal: RoleSession } {
  const { role } = session
  const accessKeyId = uniqueId('ASIA', 20)
  const issuedAt = seconds(call.now)
  const expiresAt = seconds(new Date(call.now.getTime() + session.seconds * 1000))
  const principal: RoleSession = {
    type: 'role-session',
    account: role.account,
    roleArn: role.arn,
    roleId: role.id,
    sessionName: session.sessionName,
    sessionArn: `arn:${call.partition}:sts::${role.account}:assumed-role/${role.name}/${session.sessionName}`,
    accessKeyId,
    sessionPolicies: session.sessionPolicies ?? [],
    sessionTags: session.sessionTags ?? {},
    transitiveTagKeys: session.transitiveTagKeys ?? [],
    sourceIdentity: session.sourceIdentity,
    invokedBy: session.invokedBy,
    issuedAt,
    expiresAt,
  }
  const credential = {
    accessKeyId,
    secretAccessKey: newSecret(),
    sessionToken: newSessionToken(),
    expiresAt,
    principal,
    origin: session.origin,
  }
  const table = credentials(call)
  if (table.size > maxCredentials) dropExpired(table, call.now)
  table.put(accessKeyId, credential)
  return credential
}

const maxCredentials = 5_000

function dropExpired(table: Table<Credential>, now: Date): void {
  for (const [id, { expiresAt }] of table.entries()) {
    // A day's grace: an expired key is told apart from an unknown one.
    if (expiresAt !== undefined && Date.parse(expiresAt) + 86_400_000 < now.getTime()) table.delete(id)
  }
}

/** STS gives times in whole seconds. */
const seconds = (date: Date) => date.toISOString().replace(/\.\d{3}Z$/, 'Z')
