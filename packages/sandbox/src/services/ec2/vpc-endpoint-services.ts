import type { Call } from '../../kernel/operation.ts'

/** Services that AWS offers by PrivateLink and that the platform may want (VPC User Guide, "AWS services that integrate with AWS PrivateLink"). */
const interfaceServices = [
  'sagemaker.api sagemaker.runtime sagemaker.featurestore-runtime sagemaker.metrics sts kms logs monitoring events',
  'secretsmanager ssm ssmmessages ec2 ec2messages ecr.api ecr.dkr sqs sns elasticfilesystem glue athena cloudtrail',
  'config lambda lakeformation redshift-data rds-data datazone execute-api servicecatalog application-autoscaling',
  'bedrock bedrock-runtime codecommit.git git-codecommit s3 dynamodb organizations states tagging',
].flatMap((line) => line.split(' '))

/** Studio and notebooks have names of their own (SageMaker AI Developer Guide, "Connect to Studio through an interface VPC endpoint"). */
const sagemakerServices = ['studio', 'notebook', 'experiments', 'partner-app']

const gatewayServices = ['s3', 'dynamodb']

export type EndpointType = 'Gateway' | 'Interface'

export interface EndpointService {
  name: string
  type: EndpointType
}

export function endpointServices(call: Call): EndpointService[] {
  const inRegion = (service: string) => `com.amazonaws.${call.region}.${service}`
  return [
    ...gatewayServices.map((service) => ({ name: inRegion(service), type: 'Gateway' as const })),
    ...interfaceServices.map((service) => ({ name: inRegion(service), type: 'Interface' as const })),
    ...sagemakerServices.map((service) => ({
      name: `aws.sagemaker.${call.region}.${service}`,
      type: 'Interface' as const,
    })),
  ]
}

/**
 * Services of other companies (Snowflake and the like) live in accounts that the sandbox does not have: any well-formed
 * name of the region is one. They wait for their provider's consent and offer no private name of their own.
 */
export const isServiceOfOthers = (name: string | undefined, call: Call): boolean =>
  new RegExp(`^com\\.amazonaws\\.vpce\\.${call.region}\\.vpce-svc-[0-9a-f]{17}$`).test(name ?? '')

/** Public name that private DNS answers inside the VPC, e.g. `api.sagemaker.eu-west-1.amazonaws.com`. */
export function privateDnsName(serviceName: string): string {
  const [vendor, , region, ...service] = serviceName.split('.')
  if (vendor === 'aws') return `*.${service.join('.')}.${region}.sagemaker.aws`
  return `${service.reverse().join('.')}.${region}.amazonaws.com`
}

/** AWS-managed prefix lists, the same in every account of a region. Ranges are examples of AWS's published ones. */
const prefixLists: Record<string, { suffix: string; cidrs: string[] }> = {
  s3: { suffix: '6da54004', cidrs: ['3.5.64.0/21', '18.34.0.0/19', '52.218.0.0/17', '52.92.0.0/17'] },
  dynamodb: { suffix: '6fa54006', cidrs: ['52.94.24.0/23', '52.94.26.0/23', '52.119.240.0/21'] },
}

export interface PrefixListRow {
  PrefixListId: string
  PrefixListName: string
  Cidrs: string[]
}

export function prefixListsOf(call: Call): PrefixListRow[] {
  return gatewayServices.map((service) => {
    const PrefixListName = `com.amazonaws.${call.region}.${service}`
    return { PrefixListId: prefixListIdOf(PrefixListName), PrefixListName, Cidrs: prefixLists[service]?.cidrs ?? [] }
  })
}

export function prefixListIdOf(serviceName: string): string {
  return `pl-${prefixLists[serviceName.split('.').at(-1) ?? '']?.suffix ?? '00000000'}`
}
