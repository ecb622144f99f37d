import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces } from '../statement.ts'

const leave = ['account:CloseAccount', 'organizations:LeaveOrganization']

export const membership: Control = {
  id: 'ORG-1',
  title: 'The account stays in the organization',
  category: 'immutability',
  words: 'Nobody in the account can take it out of the organization, which would take the guardrails off.',
  enforcedBy: ['scp'],
  limits: ["The organization's management account can; it is yours."],
  sources: ['AWS Organizations User Guide, Leave an organization from your member account'],
  statements: () => inPlaces(['scp'], deny('ORG1AccountStays', { Action: leave, Resource: '*' })),
  invariants: () => [nobody('ORG-1/leave', leave)],
}
