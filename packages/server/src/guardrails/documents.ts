import type { GuardrailDocument } from '@uais/contract'
import { controlOfSid } from '@uais/guardrails'
import { policySize, type SizedPolicy } from '@uais/iam'
import type { Stack } from '../runs/stack.ts'

interface Sort {
  words: string
  /** Absent for a queue's policy: SQS publishes no limit of its own. */
  sized?: SizedPolicy
}

/** What each compiled document is, by the name that its stack knows it by. */
const sorts: readonly [RegExp, Sort][] = [
  [/^guardrails-\d+$/, { words: 'service control policy', sized: 'scp' }],
  [/^resource-guardrails-\d+$/, { words: 'resource control policy', sized: 'rcp' }],
  [/^budget-stop$/, { words: 'service control policy, attached when the budget is spent', sized: 'scp' }],
  [/^boundary$/, { words: 'permissions boundary', sized: 'managed' }],
  [/-trust$/, { words: 'trust policy', sized: 'trust' }],
  [/-bucket$/, { words: 'bucket policy', sized: 'bucket' }],
  [/^key$/, { words: 'key policy', sized: 'key' }],
  [/-queue$/, { words: 'queue policy' }],
  [/-endpoint$/, { words: 'endpoint policy', sized: 'endpoint' }],
  [/^(read|artifact-lock)$/, { words: 'inline policy of a role', sized: 'role-inline' }],
]
const sortOf = (name: string): Sort =>
  sorts.find(([pattern]) => pattern.test(name))?.[1] ?? { words: 'identity policy', sized: 'managed' }

/** Every compiled document of the given stacks, as people read them. */
export const documentsOf = (stacks: readonly Stack[]): GuardrailDocument[] =>
  stacks.flatMap((stack) => Object.entries(stack.policies).map(([name, text]) => described(stack, name, text)))

/** The key under which a document is shown and taken back: `<stack>:<document>`. */
export const documentName = (stack: Stack, name: string) => `${stack.key}:${name}`

function described(stack: Stack, name: string, text: string): GuardrailDocument {
  const { words, sized } = sortOf(name)
  const size = sized && policySize(text, sized)
  return {
    name: documentName(stack, name),
    kind: words,
    text: JSON.stringify(JSON.parse(text), null, 2),
    characters: size?.size ?? text.length,
    limit: size?.limit ?? null,
    controls: controlsOf(text),
  }
}

/** Ids of the controls that have a statement in the document. */
function controlsOf(text: string): string[] {
  const sids = [...text.matchAll(/"Sid":"([^"]+)"/g)].map((match) => match[1] ?? '')
  return [...new Set(sids.flatMap((sid) => controlOfSid(sid)?.id ?? []))].sort()
}
