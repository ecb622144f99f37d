import type { Control } from '../control.ts'
import { ec2Arn } from '../names.ts'
import { but, deny, inPlaces } from '../statement.ts'

export const noInternet: Control = {
  id: 'NET-3',
  title: 'There is no way to the internet',
  category: 'network',
  words:
    'Studio works inside your network only, notebooks cannot open a door to the internet, and nobody can build one ' +
    'into the network: no gateway, no address translation, no link to another network.',
  enforcedBy: ['scp', 'terraform'],
  limits: [
    'A network of your own keeps the ways out that it has; the platform reports them.',
    'What a person sees in the browser can be copied from the screen.',
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, Connect Studio notebooks in a VPC to external resources',
    'Service Authorization Reference, Amazon EC2',
  ],
  statements: (params) => {
    const wayOut = params.network
      ? [
          deny('NET3NoWayOut', {
            Action: [
              'ec2:AcceptVpcPeeringConnection',
              'ec2:AttachInternetGateway',
              'ec2:AttachVpnGateway',
              'ec2:CreateEgressOnlyInternetGateway',
              'ec2:CreateNatGateway',
              'ec2:CreateTransitGatewayVpcAttachment',
              'ec2:CreateVpcPeeringConnection',
            ],
            Resource: [
              ec2Arn(params, `vpc/${params.network.vpcId}`),
              ...params.network.subnetIds.map((id) => ec2Arn(params, `subnet/${id}`)),
            ],
            Condition: but(params, 'break-glass'),
          }),
        ]
      : []
    return inPlaces(
      ['scp'],
      deny('NET3VpcOnly', {
        Action: 'sagemaker:CreateDomain',
        Resource: '*',
        Condition: { StringNotEquals: { 'sagemaker:AppNetworkAccessType': 'VpcOnly' } },
      }),
      deny('NET3StaysVpcOnly', {
        Action: 'sagemaker:UpdateDomain',
        Resource: '*',
        Condition: { StringEquals: { 'sagemaker:AppNetworkAccessType': 'PublicInternetOnly' } },
      }),
      deny('NET3NoDirectInternet', {
        Action: 'sagemaker:CreateNotebookInstance',
        Resource: '*',
        Condition: { StringNotEquals: { 'sagemaker:DirectInternetAccess': 'Disabled' } },
      }),
      ...wayOut,
    )
  },
}
