import type { ParameterStringFilter } from '@aws-sdk/client-ssm'
import { AwsError } from '../../kernel/aws-error.ts'
import { latest, type ParameterRow } from './state.ts'

/** Systems Manager API Reference, "ParameterStringFilter". All filters must match, any value of one suffices. */
export function matchesFilters(
  parameter: ParameterRow,
  filters: readonly ParameterStringFilter[] | undefined,
): boolean {
  return (filters ?? []).every((filter) => matchesFilter(parameter, filter))
}

function matchesFilter(parameter: ParameterRow, { Key = '', Option, Values = [] }: ParameterStringFilter): boolean {
  if (Key === 'Path') return Values.some((path) => isBelow(parameter.name, path, Option ?? 'OneLevel'))
  const texts = textsOf(parameter, Key)
  if (Values.length === 0) return texts.length > 0
  return Values.some((value) => texts.some((text) => compare(Key, Option ?? 'Equals', text, value)))
}

function textsOf(parameter: ParameterRow, key: string): string[] {
  const version = latest(parameter)
  if (key.startsWith('tag:')) return key.slice(4) in parameter.tags ? [parameter.tags[key.slice(4)] as string] : []
  switch (key) {
    case 'Name':
      return [parameter.name]
    case 'Type':
      return [parameter.type]
    case 'KeyId':
      return version.keyId === undefined ? [] : [version.keyId]
    case 'Tier':
      return [version.tier]
    case 'DataType':
      return [version.dataType]
    case 'Label':
      return version.labels
    default:
      throw new AwsError('InvalidFilterKey', `The specified key is not valid: ${key}`)
  }
}

function compare(key: string, option: string, text: string, value: string): boolean {
  switch (option) {
    case 'Equals':
      // A name may be asked for with or without its leading slash.
      return text === value || (key === 'Name' && text.replace(/^\//, '') === value.replace(/^\//, ''))
    case 'BeginsWith':
      return text.startsWith(value)
    case 'Contains':
      return text.includes(value)
    default:
      throw new AwsError('InvalidFilterOption', `The specified filter option is not valid: ${option}`)
  }
}

function isBelow(name: string, path: string, option: string): boolean {
  if (option !== 'OneLevel' && option !== 'Recursive')
    throw new AwsError('InvalidFilterOption', `The specified filter option is not valid: ${option}`)
  const root = path.endsWith('/') ? path : `${path}/`
  return name.startsWith(root) && (option === 'Recursive' || !name.slice(root.length).includes('/'))
}
