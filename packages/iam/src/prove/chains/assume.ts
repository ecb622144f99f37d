import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { type Found, stepsTo } from './steps.ts'

/**
 * Steps by which somebody assumes the role. A session that carries tags or a source identity needs sts:TagSession or
 * sts:SetSourceIdentity too, of the same caller and on the same role (IAM User Guide, "Permissions required to set a
 * source identity" and "Permissions required to add session tags"). Those two are permissions, not calls: they come
 * before the sts:AssumeRole that needs them.
 */
export function assume(asker: Asker, role: string): readonly ProofRequest[] | undefined {
  const question = { action: 'sts:AssumeRole', arns: [role] }
  const bare = asker.ask({ ...question, when: { Null: { 'sts:SourceIdentity': 'true', 'aws:TagKeys': 'true' } } })
  if (bare) return stepsTo(bare)
  const found = asker.askTogether(question, `assume ${role}`, (call) =>
    permissionsFor(call).map((action) => ({ ...question, action })),
  )
  if (!found) return undefined
  const [call, ...permissions] = found
  return [...call.candidate.steps, ...permissions.map(({ request }) => request), call.request]
}

function permissionsFor({ request: { context } }: Found): string[] {
  const keys = Object.keys(context).map((key) => key.toLowerCase())
  return [
    ...(keys.includes('sts:sourceidentity') ? ['sts:SetSourceIdentity'] : []),
    ...(keys.some((key) => key === 'aws:tagkeys' || key.startsWith('aws:requesttag/')) ? ['sts:TagSession'] : []),
  ]
}
