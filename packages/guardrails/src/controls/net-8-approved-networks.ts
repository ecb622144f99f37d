import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { dataBucketArn, iamArn, sagemakerArn, secretArn } from '../names.ts'
import type { AccountParams, ApprovedNetworks } from '../params.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

/**
 * From none of the agreed places. Both operators are negated and `IfExists`: from the internet there is no SourceVpc,
 * through an endpoint no SourceIp, and the absent one is no excuse.
 */
function elsewhere({ cidrs = [], vpcIds = [] }: ApprovedNetworks) {
  if (cidrs.length + vpcIds.length === 0)
    throw new Error(
      'compiling NET-8: approvedNetworks names no address range and no network; name one, or leave it out',
    )
  return {
    ...(cidrs.length > 0 ? { NotIpAddressIfExists: { 'aws:SourceIp': [...cidrs] } } : {}),
    ...(vpcIds.length > 0 ? { StringNotEqualsIfExists: { 'aws:SourceVpc': [...vpcIds] } } : {}),
  }
}

/** AWS's own services act for us from networks of their own (IAM User Guide, "aws:ViaAWSService"); no SCP binds them. */
const notByAService = { BoolIfExists: { 'aws:ViaAWSService': 'false' } }

/** Sessions of people; SageMaker also uses the roles of jobs and models, from its own network. */
const studioRolesArn = (p: AccountParams) => iamArn(p, p.awsAccountId, 'role/uais/projects/uais-*-studio')
const open = 'sagemaker:CreatePresignedDomainUrl'
const invoke = [
  'sagemaker:InvokeEndpoint',
  'sagemaker:InvokeEndpointAsync',
  'sagemaker:InvokeEndpointWithResponseStream',
]
const useData = ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'secretsmanager:GetSecretValue']

export const approvedNetworks: Control = {
  id: 'NET-8',
  title: 'Studio, data and endpoints are reached from agreed places only',
  category: 'network',
  words:
    'Where you name networks or address ranges, a link to Studio works, people read data and secrets, and a model ' +
    'answers from there only; credentials that are taken elsewhere open nothing.',
  enforcedBy: ['scp'],
  limits: [
    'Without agreed networks the rights decide alone, wherever a request comes from.',
    'SageMaker uses the roles of jobs and models from its own network: they are bound by NET-1 and NET-6 instead.',
    'AWS looks at the address of a Studio link in the mode "iam" only, there at each request of the session.',
    "Name the platform's own address too: it makes the links.",
  ],
  sources: [
    'Amazon SageMaker AI API Reference, CreatePresignedDomainUrl',
    'IAM User Guide, AWS global condition context keys: aws:SourceVpc, aws:SourceIp, aws:ViaAWSService',
  ],
  statements: (params) => {
    if (!params.approvedNetworks) return []
    const from = elsewhere(params.approvedNetworks)
    return inPlaces(
      ['scp'],
      deny('NET8LinksFromAgreedPlaces', { Action: open, Resource: '*', Condition: from }),
      deny('NET8InvokeFromAgreedPlaces', {
        Action: invoke,
        Resource: sagemakerArn(params, 'endpoint/uais-*'),
        Condition: { ...from, ...notByAService, ...but(params, 'break-glass') },
      }),
      deny('NET8DataFromAgreedPlaces', {
        Action: useData,
        Resource: '*',
        Condition: { ...from, ...notByAService, ArnLike: { 'aws:PrincipalArn': studioRolesArn(params) } },
      }),
    )
  },
  invariants: (params) => {
    if (!params.approvedNetworks) return []
    const from = elsewhere(params.approvedNetworks)
    return [
      nobody('NET-8/links', open, { when: from }),
      nobody('NET-8/invoke', invoke, {
        but: sparing(params, 'break-glass'),
        on: [sagemakerArn(params, 'endpoint/uais-*')],
        when: { ...from, ...notByAService },
      }),
      nobody('NET-8/data', useData, {
        on: [dataBucketArn(params), `${dataBucketArn(params)}/*`, secretArn(params, 'uais/*')],
        when: { ...from, ...notByAService, ArnLike: { 'aws:PrincipalArn': studioRolesArn(params) } },
      }),
    ]
  },
}
