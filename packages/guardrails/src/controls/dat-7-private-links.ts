import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, ec2Arn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

/** AWS's own services in this region, and those that were agreed. `com.amazonaws.vpce.…` is anybody's. */
const agreed = (p: AccountParams) => [
  `aws.sagemaker.${p.region}.*`,
  `com.amazonaws.${p.region}.*`,
  ...(p.privateLinkServices ?? []),
]
const elsewhere = (p: AccountParams) => ({ StringNotLike: { 'ec2:VpceServiceName': agreed(p) } })
const lay = 'ec2:CreateVpcEndpoint'
const platform = (p: AccountParams) => ({ ArnEquals: { 'aws:PrincipalArn': bootstrapRoleArn(p, 'uais-provision') } })

export const privateLinks: Control = {
  id: 'DAT-7',
  title: 'Private links lead to agreed services only',
  category: 'data',
  words:
    'Snowflake and the like are reached by a private link that the platform lays to a service that you agreed to; nobody else lays a ' +
    'link into the network of UAIS, through which data would leave unseen.',
  enforcedBy: ['scp'],
  limits: [
    'Which rows a query may read is decided by Snowflake; its credentials are secrets of the project (DEP-4).',
    'A link that was laid before stays; the platform reports it.',
  ],
  sources: [
    'Service Authorization Reference, Amazon EC2: ec2:VpceServiceName on CreateVpcEndpoint',
    'Snowflake documentation, AWS PrivateLink and Snowflake',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      ...(params.network
        ? [
            deny('DAT7NobodyElseLaysLinks', {
              Action: lay,
              Resource: ec2Arn(params, `vpc/${params.network.vpcId}`),
              Condition: but(params, 'provision', 'break-glass'),
            }),
          ]
        : []),
      // The service is asked of the link, the network of the VPC: no one statement can speak of both.
      deny('DAT7OnlyAgreedServices', {
        Action: lay,
        Resource: ec2Arn(params, 'vpc-endpoint/*'),
        Condition: { ...elsewhere(params), ...platform(params) },
      }),
    ),
  invariants: (params) => [
    ...(params.network
      ? [
          nobody('DAT-7/links', lay, {
            but: sparing(params, 'provision', 'break-glass'),
            on: [ec2Arn(params, `vpc/${params.network.vpcId}`)],
          }),
        ]
      : []),
    nobody('DAT-7/services', lay, {
      on: [ec2Arn(params, 'vpc-endpoint/*')],
      when: { ...elsewhere(params), ...platform(params) },
    }),
    stays('DAT-7/aws', bootstrapRoleArn(params, 'uais-provision'), lay, ec2Arn(params, 'vpc-endpoint/vpce-0'), {
      'ec2:VpceServiceName': `com.amazonaws.${params.region}.s3`,
      'aws:RequestTag/ManagedBy': 'UAIS',
      'aws:TagKeys': ['ManagedBy'],
    }),
  ],
}
