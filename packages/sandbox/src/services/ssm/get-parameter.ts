import type {
  GetParameterRequest,
  GetParameterResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
} from '@aws-sdk/client-ssm'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { parameterValue } from './parameter-facts.ts'
import { findParameter, openParameter, parseReference, selectedVersion } from './state.ts'

export const getParameter = operation<GetParameterRequest, GetParameterResult>({
  name: 'GetParameter',
  access: (input, call) => [parameterAccess(call, 'ssm:GetParameter', input.Name)],
  handle: async (input, call) => {
    const reference = parseReference(call, input.Name ?? '')
    const parameter = openParameter(call, reference)
    const version = selectedVersion(parameter, reference)
    const value = await parameterValue(call, parameter, version, input.WithDecryption ?? false)
    return { Parameter: { ...value, ...(reference.selector ? { Selector: `:${reference.selector}` } : {}) } }
  },
})

/** Names that do not exist are listed, not refused. */
export const getParameters = operation<GetParametersRequest, GetParametersResult>({
  name: 'GetParameters',
  access: (input, call) => (input.Names ?? []).map((name) => parameterAccess(call, 'ssm:GetParameters', name)),
  handle: async (input, call) => {
    const found: Parameter[] = []
    const InvalidParameters: string[] = []
    for (const name of new Set(input.Names)) {
      const reference = parseReference(call, name)
      const parameter = findParameter(call, reference)
      if (!parameter) {
        InvalidParameters.push(name)
        continue
      }
      const version = selectedVersion(parameter, reference)
      found.push(await parameterValue(call, parameter, version, input.WithDecryption ?? false))
    }
    return { Parameters: found, InvalidParameters }
  },
})
