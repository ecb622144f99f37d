import type { NamedDocument } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { both, holdsDeny, type PolicyChoice, policyChoices } from './policy-choices.ts'
import { after } from './rewriting.ts'
import { joined } from './steps.ts'
import { iamAction, type Power, type Target, withBoundary } from './target.ts'

/** A policy that is attached grants what it says; one that denies nothing can be attached with all others like it. */
export function attached(asker: Asker, target: Target, power: Power): Power[] {
  if (power.grants === 'everything') return []
  const question = {
    action: iamAction(target, 'Attach', 'Policy'),
    arns: [target.arn],
    when: withBoundary(power.boundary),
  }
  const choices = policyChoices(asker, question, 'iam:PolicyARN')
  const everything = choices.find(({ document }) => !document)
  if (everything) return [{ ...power, grants: 'everything', steps: [...power.steps, ...everything.steps] }]
  const fresh = choices.filter((choice) => !isAttached(target, power, choice.arn))
  const harmless = fresh.filter(({ document }) => !holdsDeny(document!))
  const denying = fresh.filter(({ document }) => holdsDeny(document!))
  if (denying.length > 1) asker.unknown.add(`what ${target.arn} may do with several policies attached that hold denies`)
  return [
    ...(harmless.length > 0 ? [withAll(power, harmless)] : []),
    ...denying.map((choice) => withAll(power, [...harmless, choice])),
  ]
}

function withAll(power: Power, choices: readonly PolicyChoice[]): Power {
  const documents = choices.map(({ document }): NamedDocument => document!)
  const steps = joined(power.steps, ...choices.map((choice) => choice.steps))
  return { ...power, added: [...power.added, ...documents], steps }
}

function isAttached({ documents }: Target, { kept, added }: Power, arn: string): boolean {
  return added.some((one) => one.arn === arn) || kept.some((index) => documents[index]!.arn === arn)
}

/** Detaching matters only for policies that deny. */
export function detached(asker: Asker, target: Target, power: Power): Power[] {
  const action = iamAction(target, 'Detach', 'Policy')
  return power.kept.flatMap((index) => {
    const document = target.documents[index]!
    if (!document.arn || !holdsDeny(document)) return []
    const when = both(withBoundary(power.boundary), { StringEquals: { 'iam:PolicyARN': document.arn } })
    const kept = power.kept.filter((one) => one !== index)
    return after(asker, power, { action, arns: [target.arn], when }, { kept })
  })
}
