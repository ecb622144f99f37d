/**
 * `regulated` keeps every statement of `standard`, and adds: no lasting credentials (IDN-3); jobs and models without any
 * network, and none of the work that cannot be cut off (NET-6). It makes stricter: the agreed region is for every
 * service, not for SageMaker only (IDN-4); a job runs a day at most, not three (COST-1). A test compares the two.
 */
export type Profile = 'standard' | 'regulated'

export interface Network {
  vpcId: string
  subnetIds: readonly string[]
  securityGroupIds: readonly string[]
}

/** What an instance is for. A Studio app and a notebook are `studio`; a batch transform is a job. */
export type InstancePurpose = 'studio' | 'jobs' | 'endpoints'

/** At least one of both. A request comes from one of the addresses, or through an endpoint of one of the networks. */
export interface ApprovedNetworks {
  cidrs?: readonly string[] | undefined
  vpcIds?: readonly string[] | undefined
}

/** A data owner's account, as far as policies need it. What the stack `account` makes is known only after it. */
export interface AccountParams {
  /** `aws`, `aws-us-gov`, `aws-cn`, `aws-eusc` */
  partition: string
  awsAccountId: string
  /** Name of the account in UAIS. */
  accountName: string
  region: string
  platformAccountId: string
  /** `o-...` of the owner's organization; absent without one. */
  organizationId?: string | undefined
  profile: Profile
  /** ARN of the role that keeps the owner's levers: key, denial, trust. */
  breakGlassPrincipal: string
  /** Where jobs and apps must run. Absent until known: then *some* network is required, not exactly this one. */
  network?: Network | undefined
  /** Key that must encrypt. Absent until known: then *some* customer-managed key is required. */
  keyArn?: string | undefined
  /** `d-...` of the SageMaker domain, once known. */
  domainId?: string | undefined
  /** SageMaker instance types that may be used; default: see control COST-1. */
  approvedInstanceTypes?: readonly string[] | undefined
  /** Longest run of one job, in seconds; default: see control COST-1. */
  maxRuntimeSeconds?: number | undefined
  /** Types for one purpose, narrower than `approvedInstanceTypes`; default: see control COST-1. */
  instanceTypes?: Partial<Record<InstancePurpose, readonly string[]>> | undefined
  /** Tags that everyone must give what costs by the hour, by key. */
  requiredTags?: readonly string[] | undefined
  /** Buckets of the account that may become data sources, by name. Absent: any. */
  approvedBuckets?: readonly string[] | undefined
  /** Where people and callers of endpoints come from. Absent: anywhere, with the rights that they hold. */
  approvedNetworks?: ApprovedNetworks | undefined
  /** An inspecting proxy in the account's network, the only way out. Absent: there is none. */
  egressProxy?: { cidr: string; port: number } | undefined
  /** Names of endpoint services that private links may lead to (Snowflake's, ...), besides AWS's own. */
  privateLinkServices?: readonly string[] | undefined
  /**
   * Who hears that the month's budget is spent, upon which AWS itself refuses new work until the next month. Needs an
   * organization. Absent: the budget warns only.
   */
  budgetStop?: { emails: readonly string[] } | undefined
  /** Whether Config rules are made. They need the owner's own recorder, which costs money. Default: no. */
  config?: boolean | undefined
  /** Where events go besides the platform: an HTTP event collector of Splunk, whose token is in the named secret. */
  splunk?: { url: string; index: string; secret: string } | undefined
}

/** A project in an account whose stack `account` is applied. */
export interface ProjectParams extends AccountParams {
  network: Network
  keyArn: string
  domainId: string
  project: { name: string }
}

export interface DataSourceParams extends ProjectParams {
  dataSource:
    | { kind: 's3'; name: string; bucket: string; prefix: string }
    /** Lives in the account's data bucket, below the project's prefix. */
    | { kind: 'upload'; name: string }
}

export interface EndpointParams extends ProjectParams {
  /** `artifactUri`: `s3://bucket/key` of the approved model.tar.gz. */
  endpoint: { name: string; artifactUri: string }
}

export interface OrganizationParams extends AccountParams {
  /** What the policies are attached to: `r-...`, `ou-...` or an account id; default: the account. */
  targetId?: string | undefined
}

export interface BootstrapParams extends AccountParams {
  /** Made by the platform, unique per account, never typed by a person. */
  externalId: string
}

export interface OrganizationBootstrapParams {
  partition: string
  managementAccountId: string
  platformAccountId: string
  region: string
  externalId: string
}
