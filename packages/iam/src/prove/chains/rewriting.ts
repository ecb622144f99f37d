import type { Asker } from './asker.ts'
import { holdsDeny } from './policy-choices.ts'
import type { Question } from './question.ts'
import { stepsTo } from './steps.ts'
import { iamAction, type Power, type Target, withBoundary } from './target.ts'

/** The power that follows if somebody is allowed the request. */
export function after(asker: Asker, power: Power, question: Question, made: Partial<Power>): Power[] {
  const found = asker.ask(question)
  return found ? [{ ...power, ...made, steps: [...power.steps, ...stepsTo(found)] }] : []
}

/** PutRolePolicy writes an inline policy, also over one that is there; DeleteRolePolicy removes it. */
export function inline(asker: Asker, target: Target, power: Power): Power[] {
  const { documents, arn } = target
  const when = withBoundary(power.boundary)
  const kept = power.kept.filter((index) => documents[index]!.arn !== undefined)
  const question = (verb: string) => ({ action: iamAction(target, verb, 'Policy'), arns: [arn], when })
  const denied = power.kept.some((index) => !kept.includes(index) && holdsDeny(documents[index]!))
  return [
    ...(power.grants === 'own' || denied ? after(asker, power, question('Put'), { grants: 'everything', kept }) : []),
    ...(denied ? after(asker, power, question('Delete'), { kept }) : []),
  ]
}

/** Who writes a new version of a managed policy, or goes back to an old one, decides what it allows. */
export function versions(asker: Asker, { documents }: Target, power: Power): Power[] {
  const rewritten = (arn: string, made: Partial<Power>) =>
    ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'].flatMap((action) =>
      after(asker, power, { action, arns: [arn] }, made),
    )
  const { kept, added, boundary } = power
  const attached = kept.flatMap((index) => {
    const { arn } = documents[index]!
    const needless = power.grants === 'everything' && !holdsDeny(documents[index]!)
    if (!arn || needless) return []
    return rewritten(arn, { grants: 'everything', kept: kept.filter((one) => one !== index) })
  })
  const besides = power.grants === 'everything' ? [] : added
  const limit = boundary?.document && boundary.arn
  return [
    ...attached,
    ...besides.flatMap(({ arn }) => (arn ? rewritten(arn, { grants: 'everything' }) : [])),
    ...(limit ? rewritten(limit, { boundary: { arn: limit, document: undefined } }) : []),
  ]
}

/** A user has the policies of its groups: who can write a group's policy and add users to it can give them any. */
export function byGroup(asker: Asker, { kind, arn: user }: Target, power: Power): Power[] {
  if (kind !== 'user' || power.grants === 'everything') return []
  const { account, partition } = asker.world.bundle
  noteGroups(asker, user)
  const groups = `arn:${partition}:iam::${account}:group/*`
  const written =
    asker.ask({ action: 'iam:PutGroupPolicy', arns: [groups] }) ??
    asker.ask({ action: 'iam:AttachGroupPolicy', arns: [groups] })
  if (!written) return []
  const group = written.request.resource
  const added = asker.ask({ action: 'iam:AddUserToGroup', arns: [group] })
  const isThere = asker.world.bundle.resources.some(({ arn }) => arn === group)
  const created = isThere ? undefined : asker.ask({ action: 'iam:CreateGroup', arns: [group] })
  if (added && (isThere || created)) {
    const steps = [...power.steps, ...(created ? stepsTo(created) : []), ...stepsTo(written), ...stepsTo(added)]
    return [{ ...power, grants: 'everything', steps }]
  }
  if (asker.ask({ action: 'iam:AddUserToGroup', arns: [groups] })) {
    asker.unknown.add(`whether ${user} can be added to a group whose policies somebody can write`)
  }
  return []
}

/** What the members of a group may do is told of its members only. */
function noteGroups(asker: Asker, user: string): void {
  const groups = asker.world.bundle.resources.filter(({ arn }) => /^arn:[^:]+:iam::\d{12}:group\//.test(arn))
  for (const { arn } of groups) {
    const added = asker.ask({ action: 'iam:AddUserToGroup', arns: [arn] })
    if (added) asker.unknown.add(`what ${user} may do as a member of ${arn}, whose policies are not in the bundle`)
  }
}
