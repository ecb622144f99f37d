import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { ec2Arn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

const changeRules = [
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:ModifySecurityGroupRules',
  'ec2:UpdateSecurityGroupRuleDescriptionsEgress',
]
const groups = (params: AccountParams) =>
  (params.network?.securityGroupIds ?? []).map((id) => ec2Arn(params, `security-group/${id}`))

export const proxy: Control = {
  id: 'NET-9',
  title: 'What leaves, leaves through your inspecting proxy',
  category: 'network',
  words:
    'Where you name an inspecting proxy, the security groups of work let traffic out to it and to the endpoints of AWS ' +
    'only, and nobody else opens them further.',
  enforcedBy: ['scp', 'terraform'],
  limits: [
    'Without a proxy there is no way out (NET-3), and your own security groups keep the rules that you gave them.',
    'What the proxy lets pass is decided by your proxy. Secrets in a HashiCorp Vault are reached through it.',
  ],
  sources: [
    'Service Authorization Reference, Amazon EC2: AuthorizeSecurityGroupEgress',
    'Amazon VPC User Guide, Security group rules',
  ],
  statements: (params) =>
    params.egressProxy && params.network
      ? inPlaces(
          ['scp'],
          deny('NET9OnlyThroughProxy', {
            Action: changeRules,
            Resource: groups(params),
            Condition: but(params, 'provision', 'break-glass'),
          }),
        )
      : [],
  invariants: (params) =>
    params.egressProxy && params.network
      ? [
          nobody('NET-9/rules', changeRules, {
            but: sparing(params, 'provision', 'break-glass'),
            on: groups(params),
          }),
        ]
      : [],
}
