import type { NamedDocument, OrganizationLevel, PolicyDocument } from '@uais/iam'
import { compileAccount, compileOrganization, compileProject } from '../compile.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { isProject } from '../statement.ts'

/** Policy documents of one account by the compiler's names: `boundary`, `key`, `studio`, `guardrails-1`, ... */
export type Documents = Readonly<Record<string, string>>

/**
 * What the stacks of an account hold, each document as given where it is, else as compiled. Of the organization's
 * policies either all are given or all compiled: how many there are follows from what is in them.
 */
export function documentsOf(params: AccountParams | ProjectParams, given: Documents): Documents {
  const isOfOrganization = (name: string) => /^(resource-)?guardrails-\d+$/.test(name)
  const stacks = {
    ...compileAccount(params).policies,
    ...(isProject(params) ? compileProject(params).policies : {}),
  }
  const asCompiled = params.organizationId ? compileOrganization(params).policies : {}
  return { ...stacks, ...(Object.keys(given).some(isOfOrganization) ? {} : asCompiled), ...given }
}

export const documentIn = (text: string): PolicyDocument => JSON.parse(text) as PolicyDocument

export const named = (documents: Documents, ...names: string[]): NamedDocument[] =>
  names.flatMap((name) => {
    const text = documents[name]
    return text === undefined ? [] : [{ name, policy: documentIn(text) }]
  })

const allow = { Effect: 'Allow', Action: '*', Resource: '*' } as const
export const everything: PolicyDocument = { Version: '2012-10-17', Statement: [allow] }
const everyone: PolicyDocument = { Version: '2012-10-17', Statement: [{ ...allow, Principal: '*' }] }

/** AWS's own policy at the root and at the account, ours beside it at the account. */
export function levelsOf(account: string, documents: Documents, kind: 'scp' | 'rcp'): OrganizationLevel[] {
  const form = kind === 'scp' ? /^guardrails-\d+$/ : /^resource-guardrails-\d+$/
  const aws =
    kind === 'scp' ? { name: 'FullAWSAccess', policy: everything } : { name: 'RCPFullAWSAccess', policy: everyone }
  const ours = named(documents, ...Object.keys(documents).filter((name) => form.test(name)))
  return [
    { level: 'root', policies: [aws] },
    { level: account, policies: [aws, ...ours] },
  ]
}
