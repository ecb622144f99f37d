import type { PolicyDocument } from '@uais/iam'

/** Who makes a call. Resolved from the access key of a signed request, or named by the service that acts. */
export type Principal = RoleSession | IamUser | AccountRoot | ServicePrincipal | Anonymous

export interface RoleSession {
  type: 'role-session'
  account: string
  /** `arn:aws:iam::A:role/path/Name` */
  roleArn: string
  roleId: string
  sessionName: string
  /** `arn:aws:sts::A:assumed-role/Name/session` */
  sessionArn: string
  accessKeyId: string
  sessionPolicies: PolicyDocument[]
  sessionTags: Record<string, string>
  transitiveTagKeys: string[]
  sourceIdentity?: string | undefined
  /** Service that assumed the role for its own work (`sagemaker.amazonaws.com`), if one did. */
  invokedBy?: string | undefined
  /** ISO 8601 */
  issuedAt: string
  /** ISO 8601 */
  expiresAt: string
}

interface IamUser {
  type: 'user'
  account: string
  userArn: string
  userId: string
  userName: string
  accessKeyId: string
}

interface AccountRoot {
  type: 'root'
  account: string
  accessKeyId: string
}

/** An AWS service acting for itself, e.g. CloudTrail writing to the trail's bucket. */
interface ServicePrincipal {
  type: 'service'
  service: string
  /** Account and ARN on whose behalf it acts: aws:SourceAccount, aws:SourceArn. */
  sourceAccount: string
  sourceArn?: string | undefined
}

interface Anonymous {
  type: 'anonymous'
  /** ARN of the identity provider that vouches for the caller (AssumeRoleWithWebIdentity). */
  provider?: string
}
