import type { Parameter, ParameterMetadata } from '@aws-sdk/client-ssm'
import type { Call } from '../../kernel/operation.ts'
import { openParameterValue } from './secure-value.ts'
import { latest, type ParameterRow, type VersionRow } from './state.ts'

/** A parameter with its value. Without decryption a SecureString shows its ciphertext. */
export async function parameterValue(
  call: Call,
  parameter: ParameterRow,
  version: VersionRow,
  decrypt: boolean,
): Promise<Parameter> {
  const opens = parameter.type === 'SecureString' && decrypt
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: opens ? await openParameterValue(call, parameter, version) : version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.modifiedAt),
    ARN: parameter.arn,
    DataType: version.dataType,
  }
}

/** A parameter without its value, as DescribeParameters lists it. */
export function parameterMetadata(parameter: ParameterRow, version: VersionRow = latest(parameter)): ParameterMetadata {
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: parameter.type,
    ...(version.keyId === undefined ? {} : { KeyId: version.keyId }),
    LastModifiedDate: new Date(version.modifiedAt),
    LastModifiedUser: version.modifiedBy,
    ...(version.description === undefined ? {} : { Description: version.description }),
    ...(version.allowedPattern === undefined ? {} : { AllowedPattern: version.allowedPattern }),
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  }
}

export function callerArn({ principal, partition, account }: Call): string {
  switch (principal.type) {
    case 'role-session':
      return principal.sessionArn
    case 'user':
      return principal.userArn
    case 'service':
      return principal.service
    default:
      return `arn:${partition}:iam::${account}:root`
  }
}
