import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { ec2Arn } from '../names.ts'
import type { AccountParams, Network } from '../params.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

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
    'Links by Cloud WAN and VPC Lattice are asked of other things than the network: watched, not refused.',
    'What a person sees in the browser can be copied from the screen.',
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, Connect Studio notebooks in a VPC to external resources',
    'Service Authorization Reference, Amazon EC2',
  ],
  statements: (params) => [
    ...inPlaces(
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
    ),
    ...(params.network ? inPlaces(['scp'], ...waysOut(params, params.network)) : []),
  ],
  invariants: (params) => [
    nobody('NET-3/domain', 'sagemaker:CreateDomain', {
      when: { StringNotEquals: { 'sagemaker:AppNetworkAccessType': 'VpcOnly' } },
    }),
    nobody('NET-3/domain-later', 'sagemaker:UpdateDomain', {
      when: { StringEquals: { 'sagemaker:AppNetworkAccessType': 'PublicInternetOnly' } },
    }),
    nobody('NET-3/notebook', 'sagemaker:CreateNotebookInstance', {
      when: { StringNotEquals: { 'sagemaker:DirectInternetAccess': 'Disabled' } },
    }),
    ...(params.network
      ? [
          nobody('NET-3/way-out', doors, {
            but: sparing(params, 'break-glass'),
            on: partsOf(params, params.network),
          }),
          nobody('NET-3/routes', routes, {
            but: sparing(params, 'break-glass'),
            on: [ec2Arn(params, 'route-table/*')],
            when: inNetwork(params, params.network),
          }),
          stays(
            'NET-3/owner',
            params.breakGlassPrincipal,
            'ec2:AttachInternetGateway',
            ec2Arn(params, `vpc/${params.network.vpcId}`),
          ),
        ]
      : []),
  ],
}

/** What joins a network with the world or with another network, asked of its VPC or of one of its subnets. */
const doors = [
  'ec2:AcceptVpcPeeringConnection',
  'ec2:AssociateClientVpnTargetNetwork',
  'ec2:AttachInternetGateway',
  'ec2:AttachVpnGateway',
  'ec2:CreateCarrierGateway',
  'ec2:CreateEgressOnlyInternetGateway',
  'ec2:CreateInstanceConnectEndpoint',
  'ec2:CreateLocalGatewayRouteTableVpcAssociation',
  'ec2:CreateNatGateway',
  'ec2:CreateTransitGatewayVpcAttachment',
  'ec2:CreateVpcPeeringConnection',
]
/** A network without routes to elsewhere needs none: endpoints and AWS bring their own. */
const routes = ['ec2:CreateRoute', 'ec2:ReplaceRoute']

const partsOf = (params: AccountParams, network: Network) => [
  ec2Arn(params, `vpc/${network.vpcId}`),
  ...network.subnetIds.map((id) => ec2Arn(params, `subnet/${id}`)),
]
const inNetwork = (params: AccountParams, network: Network) => ({
  ArnEquals: { 'ec2:Vpc': ec2Arn(params, `vpc/${network.vpcId}`) },
})

const waysOut = (params: AccountParams, network: Network) => [
  deny('NET3NoWayOut', { Action: doors, Resource: partsOf(params, network), Condition: but(params, 'break-glass') }),
  deny('NET3NoNewRoutes', {
    Action: routes,
    Resource: ec2Arn(params, 'route-table/*'),
    Condition: { ...inNetwork(params, network), ...but(params, 'break-glass') },
  }),
]
