import type {
  DescribeParametersRequest,
  DescribeParametersResult,
  GetParameterHistoryRequest,
  GetParameterHistoryResult,
  ParameterHistory,
} from '@aws-sdk/client-ssm'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { matchesFilters } from './filters.ts'
import { parameterMetadata, parameterValue } from './parameter-facts.ts'
import { openParameter, parameters, parseReference } from './state.ts'

export const describeParameters = operation<DescribeParametersRequest, DescribeParametersResult>({
  name: 'DescribeParameters',
  access: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
  handle: (input, call) => {
    const older = (input.Filters ?? []).map(({ Key, Values }) => ({ Key: Key as string, Values: Values ?? [] }))
    const wanted = [...parameters(call).values()]
      .filter((parameter) => matchesFilters(parameter, [...(input.ParameterFilters ?? []), ...older]))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    return { Parameters: wanted.map((parameter) => parameterMetadata(parameter)) }
  },
})

export const getParameterHistory = operation<GetParameterHistoryRequest, GetParameterHistoryResult>({
  name: 'GetParameterHistory',
  access: (input, call) => [parameterAccess(call, 'ssm:GetParameterHistory', input.Name)],
  handle: async (input, call) => {
    const parameter = openParameter(call, parseReference(call, input.Name ?? ''))
    const history: ParameterHistory[] = []
    for (const version of parameter.versions) {
      const { Value } = await parameterValue(call, parameter, version, input.WithDecryption ?? false)
      const { ARN: _arn, ...facts } = parameterMetadata(parameter, version)
      history.push({ ...facts, Value, Labels: version.labels })
    }
    return { Parameters: history }
  },
})
