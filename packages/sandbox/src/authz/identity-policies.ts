import type { CompiledPolicy } from '@uais/iam'
import type { Principal } from '../kernel/principal.ts'
import type { Store } from '../kernel/store.ts'
import { awsManagedPolicy } from '../services/iam/aws-managed.ts'
import { defaultDocument, iamTable, type PolicyRow, type RoleRow, type UserRow } from '../services/iam/state.ts'
import { compiledDocument, compiledText } from './compiled.ts'

/** Policies that the principal carries, and its IAM tags. */
export interface IdentityPolicies {
  identity: readonly CompiledPolicy[]
  boundaries: readonly CompiledPolicy[] | undefined
  session: readonly CompiledPolicy[] | undefined
  tags: Readonly<Record<string, string>>
}

const nothing: IdentityPolicies = { identity: [], boundaries: undefined, session: undefined, tags: {} }
const everything: IdentityPolicies = {
  ...nothing,
  identity: [
    compiledText(
      'account root user',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    ),
  ],
}

export function identityPolicies(store: Store, principal: Principal): IdentityPolicies {
  switch (principal.type) {
    case 'root':
      return everything
    case 'user': {
      const user = store.table(iamTable(principal.account, 'User')).rows.get(principal.userName)
      return user ? attachedPolicies(store, principal.account, user as UserRow) : nothing
    }
    case 'role-session': {
      const role = roleOf(store, principal.account, principal.roleArn)
      // A role made anew under the old name is another role: its sessions do not live on in it.
      if (!role || role.id !== principal.roleId) return nothing
      const policies = attachedPolicies(store, principal.account, role)
      if (principal.sessionPolicies.length === 0) return policies
      return { ...policies, session: principal.sessionPolicies.map((p) => compiledDocument('session policy', p)) }
    }
    default:
      return nothing
  }
}

export function roleOf(store: Store, account: string, roleArn: string): RoleRow | undefined {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const role = store.table(iamTable(account, 'Role')).rows.get(name) as RoleRow | undefined
  return role?.arn === roleArn ? role : undefined
}

/** Kept per stored row, which is replaced when it changes, and for as long as no managed policy changes. */
const known = new WeakMap<object, { version: number; policies: IdentityPolicies }>()

function attachedPolicies(store: Store, account: string, owner: RoleRow | UserRow): IdentityPolicies {
  const managed = store.table(iamTable(account, 'Policy'))
  const cached = known.get(owner)
  if (cached?.version === managed.version) return cached.policies
  const compileManaged = (arn: string): CompiledPolicy[] => {
    const policy = awsManagedPolicy(arn) ?? (managed.rows.get(arn) as PolicyRow | undefined)
    return policy ? [compiledText(arn, defaultDocument(policy))] : []
  }
  const inline = Object.entries(owner.inline).map(([name, text]) => compiledText(name, text))
  const policies: IdentityPolicies = {
    identity: [...inline, ...owner.attached.flatMap(compileManaged)],
    // A boundary whose policy is gone grants nothing: an empty list, not an absent one.
    boundaries: owner.boundary === undefined ? undefined : compileManaged(owner.boundary),
    session: undefined,
    tags: owner.tags,
  }
  known.set(owner, { version: managed.version, policies })
  return policies
}
