import type { Principal } from './wire-session.ts'

/** One AWS call, in the names of the API; every client sends the same. */
export interface WireCall {
  as: Principal
  /** Name of the service in the AWS CLI's and boto3's words. */
  service:
    | 'iam'
    | 's3'
    | 'sagemaker'
    | 'kms'
    | 'ec2'
    | 'sts'
    | 'logs'
    | 'cloudtrail'
    | 'secretsmanager'
    | 'organizations'
    | 'events'
  operation: string
  input: Record<string, unknown>
}

/** Makers of calls by one principal. */
export const callAs =
  (as: Principal) =>
  (service: WireCall['service'], operation: string, input: Record<string, unknown> = {}): WireCall => ({
    as,
    service,
    operation,
    input,
  })
