/**
 * What runs by the hour or month, in US dollars, for the cost note of a plan. Indicative list prices of eu-west-1; the
 * pricing pages of Amazon SageMaker AI, AWS PrivateLink, Amazon VPC and AWS KMS are what counts.
 */
export const prices = {
  basis: 'Indicative list prices of eu-west-1, without discounts or taxes; the AWS price list is what counts',
  /** Interface endpoints are paid per zone; a plan names subnets only once they exist. */
  assumedZones: 2,
  kmsKeyPerMonth: 1,
  interfaceEndpointPerHour: 0.011,
  natGatewayPerHour: 0.048,
  instancePerHour: {
    'ml.t2.medium': 0.06,
    'ml.t2.large': 0.121,
    'ml.t2.xlarge': 0.242,
    'ml.t3.medium': 0.055,
    'ml.t3.large': 0.109,
    'ml.m5.large': 0.128,
    'ml.m5.xlarge': 0.257,
    'ml.m5.2xlarge': 0.514,
    'ml.m5.4xlarge': 1.027,
    'ml.c5.large': 0.115,
    'ml.c5.xlarge': 0.23,
    'ml.c5.2xlarge': 0.461,
    'ml.r5.large': 0.169,
    'ml.r5.xlarge': 0.338,
    'ml.g4dn.xlarge': 0.822,
    'ml.g5.xlarge': 1.571,
    'ml.inf1.xlarge': 0.33,
  } as Readonly<Record<string, number>>,
}
