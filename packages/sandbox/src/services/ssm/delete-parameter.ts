import type { DeleteParameterRequest, DeleteParametersRequest, DeleteParametersResult } from '@aws-sdk/client-ssm'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { openParameter, parameters, parseReference } from './state.ts'

export const deleteParameter = operation<DeleteParameterRequest, Record<string, never>>({
  name: 'DeleteParameter',
  access: (input, call) => [parameterAccess(call, 'ssm:DeleteParameter', input.Name)],
  handle: (input, call) => {
    const { name } = openParameter(call, parseReference(call, input.Name ?? ''))
    parameters(call).delete(name)
    return {}
  },
})

export const deleteParameters = operation<DeleteParametersRequest, DeleteParametersResult>({
  name: 'DeleteParameters',
  access: (input, call) => (input.Names ?? []).map((name) => parameterAccess(call, 'ssm:DeleteParameters', name)),
  handle: (input, call) => {
    const names = [...new Set(input.Names)]
    const deleted = names.filter((name) => parameters(call).delete(name))
    return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) }
  },
})
