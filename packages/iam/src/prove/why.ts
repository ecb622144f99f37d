import type { Prohibition, ProofRequest, ProofScope } from './bundle.ts'
import type { Candidate, World } from './world.ts'

/** Who could do what, in one sentence, and what it means where nothing above the account forbids anything. */
export function violationInWords(request: ProofRequest, { steps }: Candidate, { bundle }: World): string {
  const { principal, action, resource, context } = request
  const keys = Object.entries(context).map(([key, value]) => `${key} ${JSON.stringify(value)}`)
  const given = keys.length > 0 ? ` with ${keys.join(', ')}` : ''
  const before = steps.length === 0 ? '' : `, after ${steps.map((step) => step.action).join(', ')}`
  const sentence = `${principal} can do ${action} on ${resource}${given}${before}.`
  if (bundle.serviceControlPolicies !== undefined) return sentence
  return `${sentence} There is no service control policy: an administrator of the account can do this; changes can only be detected and repaired.`
}

export function provedInWords({ nobodyBut }: Prohibition, { actions, principals, resources }: ProofScope): string {
  const who = nobodyBut.length === 0 ? 'Nobody' : `Nobody but ${nobodyBut.join(', ')}`
  return `${who} can do any of ${actions} actions: ${principals} principals and ${resources} kinds of resource were considered.`
}
