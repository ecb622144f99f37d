import { type CorrelationSearch, columns } from './search.ts'

const often = { everyMinutes: 5 }

/** What data, models and money do that they should not. */
export const searchesOfData: readonly CorrelationSearch[] = [
  {
    name: 'uais_work_outside_network',
    title: 'Work starts outside of the network, or with a way out of its container',
    search:
      '`uais_cloudtrail` eventSource=sagemaker.amazonaws.com NOT errorCode=* ' +
      'eventName IN (CreateHyperParameterTuningJob, CreateModel, CreateProcessingJob, CreateTrainingJob) ' +
      '| spath output=open path=requestParameters.enableNetworkIsolation ' +
      '| spath output=plain path=requestParameters.enableInterContainerTrafficEncryption ' +
      '| where NOT like(_raw, "%subnets%") OR NOT like(_raw, "%securityGroupIds%") OR open="false" OR plain="false" ' +
      columns,
    ...often,
    severity: 'high',
    backs: ['NET-1', 'NET-2', 'NET-6', 'NET-7'],
  },
  {
    name: 'uais_door_opened',
    title: 'A door to the internet or to another network is built',
    search:
      '`uais_cloudtrail` (eventSource=ec2.amazonaws.com eventName IN (AcceptVpcPeeringConnection, ' +
      'AssociateClientVpnTargetNetwork, AttachInternetGateway, AttachVpnGateway, AuthorizeSecurityGroupEgress, ' +
      'CreateCarrierGateway, CreateEgressOnlyInternetGateway, CreateInstanceConnectEndpoint, CreateNatGateway, CreateRoute, ' +
      'CreateTransitGatewayVpcAttachment, CreateVpcEndpoint, CreateVpcPeeringConnection, ModifySecurityGroupRules, ' +
      'ReplaceRoute)) OR (eventSource=networkmanager.amazonaws.com eventName=CreateVpcAttachment) OR ' +
      '(eventSource=vpc-lattice.amazonaws.com eventName=CreateServiceNetworkVpcAssociation) OR ' +
      '(eventSource=sagemaker.amazonaws.com eventName IN (CreateNotebookInstance, UpdateDomain) ' +
      `("*PublicInternetOnly*" OR requestParameters.directInternetAccess=Enabled OR requestParameters.rootAccess=Enabled)) ${columns}`,
    ...often,
    severity: 'high',
    backs: ['NET-3', 'NET-5', 'NET-9', 'DAT-7'],
  },
  {
    name: 'uais_credentials_elsewhere',
    title: 'The credentials of one Studio session are used from more than one address',
    search:
      '`uais_cloudtrail` userIdentity.sessionContext.sessionIssuer.arn="*:role/uais/projects/*-studio" NOT userIdentity.invokedBy=* ' +
      '| stats dc(sourceIPAddress) as places values(sourceIPAddress) as addresses values(eventName) as calls ' +
      'by userIdentity.accessKeyId userIdentity.sessionContext.sourceIdentity | where places > 1',
    everyMinutes: 15,
    severity: 'high',
    backs: ['NET-8', 'ISO-1', 'DAT-2'],
  },
  {
    name: 'uais_foreign_reader',
    title: 'A principal of another account, or nobody known, reached a bucket, key, queue or secret',
    search:
      '`uais_cloudtrail` eventSource IN (kms.amazonaws.com, s3.amazonaws.com, secretsmanager.amazonaws.com, sqs.amazonaws.com, ' +
      'sts.amazonaws.com) NOT errorCode=* NOT userIdentity.type=AWSService ' +
      `| where 'userIdentity.accountId' != recipientAccountId ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['DAT-4', 'DAT-5', 'DAT-8'],
  },
  {
    name: 'uais_plain_text',
    title: 'An object was reached without TLS',
    search: `\`uais_cloudtrail\` eventSource=s3.amazonaws.com NOT tlsDetails.tlsVersion=* NOT userIdentity.invokedBy=* ${columns}`,
    everyMinutes: 15,
    severity: 'high',
    backs: ['DAT-2'],
  },
  {
    name: 'uais_platform_read_data',
    title: 'A role of the platform read something other than an artifact or a note of its own',
    search:
      '`uais_cloudtrail` userIdentity.sessionContext.sessionIssuer.arn="*:role/uais/uais-*" NOT errorCode=* ' +
      '((eventName IN (GetObject, GetObjectVersion) requestParameters.key="projects/*" ' +
      'NOT requestParameters.key="projects/*/models/*" NOT requestParameters.key="*/.uais-source.json") OR ' +
      `eventName=GetSecretValue OR (eventName=Decrypt NOT userIdentity.invokedBy=*)) ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['DAT-6'],
  },
  {
    name: 'uais_others_files',
    title: "Somebody reached another person's files or secrets",
    search:
      '`uais_cloudtrail` eventName IN (DeleteObject, GetObject, GetSecretValue, PutObject) NOT errorCode=* ' +
      '| rex field=_raw "(?:projects|uais)/[a-z0-9-]+/users/(?<owner>[0-9a-f-]{36})/" | where isnotnull(owner) AND ' +
      `owner != coalesce('userIdentity.sessionContext.sourceIdentity', "nobody") ${columns}`,
    ...often,
    severity: 'high',
    backs: ['ISO-2', 'ISO-1'],
  },
  {
    name: 'uais_shared_out',
    title: 'Something was opened to another account',
    search:
      '`uais_cloudtrail` eventName IN (AssociateResourceShare, CreateResourceShare, ModifyDBSnapshotAttribute, ' +
      'ModifySnapshotAttribute, PutLineageGroupPolicy, PutModelPackageGroupPolicy, PutResourcePolicy, ' +
      `UpdateResourceShare) ${columns}`,
    ...often,
    severity: 'high',
    backs: ['DAT-3'],
  },
  {
    name: 'uais_secret_read',
    title: 'A secret of a project was read by somebody other than its roles',
    search:
      '`uais_cloudtrail` eventName=GetSecretValue requestParameters.secretId="*uais/*" ' +
      `NOT userIdentity.sessionContext.sessionIssuer.arn="*:role/uais/projects/*" ${columns}`,
    ...often,
    severity: 'high',
    backs: ['DEP-4'],
  },
  {
    name: 'uais_served_unreviewed',
    title: 'A model is approved or put into service by somebody other than the platform',
    search:
      '`uais_others` eventSource=sagemaker.amazonaws.com ((eventName IN (CreateModelPackage, UpdateModelPackage) ' +
      'requestParameters.modelApprovalStatus=Approved) OR eventName IN (CreateEndpoint, CreateEndpointConfig, ' +
      `CreateInferenceComponent, CreateModel, CreateTransformJob, UpdateEndpoint*, UpdateInferenceComponent*)) ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['DEP-1', 'DEP-2', 'DEP-3'],
  },
  {
    name: 'uais_costly_work',
    title: 'Much work, or limits raised, by one person within an hour',
    search:
      '`uais_cloudtrail` (eventSource=sagemaker.amazonaws.com eventName IN (CreateApp, CreateCluster, ' +
      'CreateHyperParameterTuningJob, CreateProcessingJob, CreateTrainingJob)) OR eventName=RequestServiceQuotaIncrease ' +
      '| stats count values(eventName) as calls by userIdentity.arn userIdentity.sessionContext.sourceIdentity ' +
      '| where count > 50 OR like(mvjoin(calls, ","), "%Quota%")',
    everyMinutes: 60,
    severity: 'medium',
    backs: ['COST-1', 'COST-2', 'COST-4'],
  },
]
