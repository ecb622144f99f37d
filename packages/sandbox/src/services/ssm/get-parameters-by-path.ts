import type { GetParametersByPathRequest, GetParametersByPathResult, Parameter } from '@aws-sdk/client-ssm'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { validation } from './errors.ts'
import { matchesFilters } from './filters.ts'
import { parameterValue } from './parameter-facts.ts'
import { latest, parameters } from './state.ts'

const pageSize = 10

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
    // Paged here, so that only what is shown is decrypted.
    const after = readToken(input.NextToken)
    const rest = below.filter(({ name }) => name > after)
    const shown = rest.slice(0, input.MaxResults ?? pageSize)
    const found: Parameter[] = []
    for (const parameter of shown)
      found.push(await parameterValue(call, parameter, latest(parameter), input.WithDecryption ?? false))
    const last = shown.at(-1)
    const more = last && rest.length > shown.length
    return { Parameters: found, ...(more ? { NextToken: Buffer.from(last.name).toString('base64url') } : {}) }
  },
})

function readToken(token: string | undefined): string {
  if (token === undefined) return ''
  const name = Buffer.from(token, 'base64url').toString()
  if (Buffer.from(name).toString('base64url') !== token)
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.')
  return name
}
