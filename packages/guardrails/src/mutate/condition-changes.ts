import type { PolicyStatement } from '@uais/iam'
import { alwaysThere } from './always-there.ts'
import { foreignTo } from './foreign.ts'
import type { Change } from './statement-changes.ts'

interface Test {
  operator: string
  key: string
  values: readonly string[]
}

/** Changes of the tests in a Condition block: one less, one value more or less, one that says less. `people`: roles that might be spared too. */
export function conditionChanges(statement: PolicyStatement, people: readonly string[]): Change[] {
  const tests = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): Test => ({ operator, key, values: [values].flat().map(String) })),
  )
  return tests.flatMap((test, index) => {
    const others = tests.filter((_, at) => at !== index)
    const named = `${test.operator} ${test.key}`
    return [
      { says: `without ${named}`, statement: withTests(statement, others) },
      ...replacements(test, statement.Effect === 'Deny', people).map(({ says, test: changed }) => ({
        says: `${named} ${says}`,
        statement: withTests(statement, [...others, changed]),
        ...(isOnlyIfExists(test, changed) ? { equivalent: alwaysThere(test.key, statement) } : {}),
      })),
    ]
  })
}

const isOnlyIfExists = (before: Test, after: Test) =>
  before.operator !== after.operator && bare(before.operator) === bare(after.operator) && !/^For/.test(before.operator)
const isNegated = (operator: string) => /Not/.test(operator)
const bare = (operator: string) => operator.replace(/^For(Any|All)Values?:/, '').replace(/IfExists$/, '')

function replacements(test: Test, isDenial: boolean, people: readonly string[]): { says: string; test: Test }[] {
  const { operator, key, values } = test
  if (bare(operator) === 'Null') return []
  // A list of what is spared weakens a denial by growing; a list of what is asked for weakens a grant by it.
  const growing = bare(operator) !== 'Bool' && isNegated(operator) === isDenial && !operator.startsWith('Numeric')
  const more = /^aws:PrincipalArn$/i.test(key)
    ? [...people.filter((arn) => !values.includes(arn)), foreignTo(key, values[0]!)]
    : [foreignTo(key, values[0]!)]
  const changes = [
    ...(growing ? [{ says: `with ${more.join(' and ')}`, test: { ...test, values: [...values, ...more] } }] : []),
    ...(values.length > 1
      ? values.map((value) => ({
          says: `without ${value}`,
          test: { ...test, values: values.filter((one) => one !== value) },
        }))
      : []),
    ...operatorsLike(operator, isDenial).map((other) => ({ says: `as ${other}`, test: { ...test, operator: other } })),
  ]
  if (!operator.startsWith('Numeric')) return changes
  return [...changes, { says: 'one more', test: { ...test, values: values.map((value) => foreignTo(key, value)) } }]
}

/** Operators that somebody could have meant: each says less in a denial, or lets more pass in a grant. */
function operatorsLike(operator: string, isDenial: boolean): string[] {
  const others = [
    ...(operator.startsWith('ForAnyValue:') ? [operator.replace('ForAnyValue:', 'ForAllValues:')] : []),
    ...(operator.includes('IgnoreCase') ? [operator.replace('IgnoreCase', '')] : []),
    // A negated operator is true of an absent key by itself.
    ...(isDenial && operator.endsWith('IfExists') && !isNegated(operator)
      ? [operator.slice(0, -'IfExists'.length)]
      : []),
    ...(!isDenial && !operator.endsWith('IfExists') && !isNegated(operator) ? [`${operator}IfExists`] : []),
  ]
  return isDenial ? others : others.filter((other) => !other.startsWith('ForAll'))
}

function withTests(statement: PolicyStatement, tests: readonly Test[]): PolicyStatement {
  const { Condition: _, ...rest } = statement
  if (tests.length === 0) return rest
  const condition: Record<string, Record<string, string[]>> = {}
  for (const { operator, key, values } of tests) condition[operator] = { ...condition[operator], [key]: [...values] }
  return { ...rest, Condition: condition }
}
