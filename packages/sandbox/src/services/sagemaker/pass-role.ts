import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call, ServiceSession } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { roles } from '../iam/state.ts'
import { isDenied, validation } from './errors.ts'

const sagemakerService = 'sagemaker.amazonaws.com'

/**
 * The caller must be allowed to hand the role to SageMaker (IAM User Guide, "Grant a user permissions to pass a
 * role"). Roles of another account are refused before IAM is asked, as SageMaker does.
 */
export function passRole(call: Call, roleArn: string | undefined, forArn: string): AccessCheck[] {
  if (!roleArn) return []
  const account = /^arn:[^:]+:iam::(\d{12}):role\//.exec(roleArn)?.[1]
  if (account !== call.account)
    throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 400)
  const tags = roles(call, account).get(roleArn.slice(roleArn.lastIndexOf('/') + 1))?.tags
  return [
    {
      action: 'iam:PassRole',
      resource: roleArn,
      resourceAccount: call.account,
      resourceTags: tags,
      context: {
        ...Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`iam:ResourceTag/${key}`, value])),
        'iam:PassedToService': sagemakerService,
        'iam:AssociatedResourceArn': forArn,
      },
    },
  ]
}

/**
 * SageMaker's session of an execution role. Who asked for the work travels as its source identity, where the
 * caller has one (SageMaker AI Developer Guide, "Monitoring user resource access from SageMaker Studio").
 */
export async function assumeExecutionRole(
  call: Call,
  roleArn: string,
  session: Partial<ServiceSession> & { sourceArn: string },
): Promise<Principal> {
  try {
    return await call.assumeAsService(roleArn, sagemakerService, { sessionName: 'SageMaker', ...session })
  } catch (error) {
    if (!isDenied(error)) throw error
    throw validation(
      `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal '${sagemakerService}' to assume the role.`,
    )
  }
}

/** Source identity of the caller's own session, which jobs started by it carry on. */
export function sourceIdentityOf(principal: Principal): string | undefined {
  return principal.type === 'role-session' ? principal.sourceIdentity : undefined
}
