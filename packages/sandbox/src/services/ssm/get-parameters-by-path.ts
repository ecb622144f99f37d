import type { GetParametersByPathRequest, GetParametersByPathResult, Parameter } from '@aws-sdk/client-ssm'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { validation } from './errors.ts'
import { matchesFilters } from './filters.ts'
import { parameterValue } from './parameter-facts.ts'
import { latest, parameters } from './state.ts'

/** Permission on the path covers what lies below it (Systems Manager User Guide, "Working with parameter hierarchies"). */
export const getParametersByPath = operation<GetParametersByPathRequest, GetParametersByPathResult>({
  name: 'GetParametersByPath',
  access: (input, call) => [
    parameterAccess(call, 'ssm:GetParametersByPath', input.Path, { 'ssm:Recursive': String(input.Recursive ?? false) }),
  ],
  handle: async (input, call) => {
    const path = input.Path ?? ''
    if (!path.startsWith('/'))
      throw validation(
        'The parameter path must begin with a slash "/". It can consist of sub-paths divided by slash symbol.',
      )
    const root = path.endsWith('/') ? path : `${path}/`
    const below = [...parameters(call).values()]
      .filter(({ name }) => name.startsWith(root) && (input.Recursive || !name.slice(root.length).includes('/')))
      .filter((parameter) => matchesFilters(parameter, input.ParameterFilters))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const found: Parameter[] = []
    for (const parameter of below)
      found.push(await parameterValue(call, parameter, latest(parameter), input.WithDecryption ?? false))
    return { Parameters: found }
  },
})
