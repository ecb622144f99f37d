import type { Call, CallOrigin } from '../kernel/operation.ts'
import type { Principal, RoleSession } from '../kernel/principal.ts'
import { credentials } from '../services/sts/session.ts'
import type { StudioSession } from './state.ts'

const seconds = 3600

/**
 * The execution role as Studio assumes it: session name `SageMaker`, and the profile's name as source identity where
 * the domain says so (SageMaker Developer Guide, "Monitor user resource access with sourceIdentity").
 */
export async function assumeExecutionRole(call: Call, session: StudioSession): Promise<Principal> {
  return call.assumeAsService(session.executionRoleArn, 'sagemaker.amazonaws.com', {
    sessionName: 'SageMaker',
    sourceArn: session.userProfileArn,
    seconds,
    origin: originOf(session),
    ...(session.identityPropagates ? { sourceIdentity: session.userProfileName } : {}),
  })
}

/** Where code in Studio calls from: the domain's VPC, whose endpoint for each service the kernel finds. */
export function originOf(session: StudioSession): CallOrigin | undefined {
  return session.network ? { sourceIp: '10.0.0.10', vpcId: session.network.vpcId, secure: true } : undefined
}

export interface ExportedCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: string
  region: string
  endpointUrl: string
}

/** The session's keys, as Studio's container gives them to boto3 and the CLI. */
export function exportCredentials(
  call: Call,
  principal: Principal,
  session: StudioSession,
  host: string,
): ExportedCredentials {
  const { accessKeyId } = principal as RoleSession
  const credential = credentials(call).get(accessKeyId)
  if (!credential) throw new Error('exporting credentials: the session that was just made is not there')
  return {
    accessKeyId,
    secretAccessKey: credential.secretAccessKey,
    sessionToken: credential.sessionToken ?? '',
    expiration: credential.expiresAt ?? '',
    region: session.region,
    endpointUrl: `http://${host}`,
  }
}
