import { apiDestination } from './events.ts'
import type { Finder } from './finder.ts'
import { budget, budgetAction, organizationsPolicy, organizationsPolicyAttachment } from './governance.ts'
import { iamPolicy, iamRole, kmsAlias, kmsKey } from './identity.ts'
import {
  routeTable,
  routeTableAssociation,
  securityGroup,
  securityGroupRule,
  subnet,
  vpc,
  vpcEndpoint,
} from './network.ts'
import { domain, endpoint, endpointConfiguration, model, modelPackageGroup } from './sagemaker.ts'
import { bucket, logGroup, queue, trail } from './storage.ts'

/**
 * Resource types whose creation is not idempotent: a second try would fail or make a second one. All others are
 * written by `Put...` calls that say the same twice (bucket settings, role policies and attachments, event rules).
 */
export const finders: Readonly<Record<string, Finder>> = {
  aws_budgets_budget: budget,
  aws_budgets_budget_action: budgetAction,
  aws_cloudtrail: trail,
  aws_cloudwatch_event_api_destination: apiDestination,
  aws_cloudwatch_log_group: logGroup,
  aws_iam_policy: iamPolicy,
  aws_iam_role: iamRole,
  aws_kms_alias: kmsAlias,
  aws_kms_key: kmsKey,
  aws_organizations_policy: organizationsPolicy,
  aws_organizations_policy_attachment: organizationsPolicyAttachment,
  aws_route_table: routeTable,
  aws_route_table_association: routeTableAssociation,
  aws_s3_bucket: bucket,
  aws_sagemaker_domain: domain,
  aws_sagemaker_endpoint: endpoint,
  aws_sagemaker_endpoint_configuration: endpointConfiguration,
  aws_sagemaker_model: model,
  aws_sagemaker_model_package_group: modelPackageGroup,
  aws_security_group: securityGroup,
  aws_sqs_queue: queue,
  aws_subnet: subnet,
  aws_vpc: vpc,
  aws_vpc_endpoint: vpcEndpoint,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,
}
