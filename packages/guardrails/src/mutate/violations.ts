import { foreignTo, matching } from './foreign.ts'
import type { Context } from './usual-request.ts'

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** Values for some keys; `undefined` takes a key out of the request. */
export type Override = Record<string, Context[string] | undefined>

/** Said by who asks, not by what is asked. */
const ofPrincipal = /^aws:(Principal|Source(Account|Arn|OrgID|Identity)|ViaAWSService)/i

/**
 * Values by which a request may satisfy a Condition block, in every combination; not each does, because several
 * operators may speak of one key: whoever asks has the evaluator decide.
 */
export function violations(condition: Condition | undefined): Override[] {
  const tests = Object.entries(condition ?? {})
    // Whether a key is there at all is asked first: what it holds is said by the others.
    .sort(([left], [right]) => Number(right === 'Null') - Number(left === 'Null'))
    .flatMap(([operator, keys]) =>
      Object.entries(keys)
        .filter(([key]) => !ofPrincipal.test(key))
        .map(([key, values]) => ({ key, options: optionsOf(operator, key, [values].flat().map(String)) })),
    )
  return tests.reduce<Override[]>(
    (sofar, { key, options }) => sofar.flatMap((one) => options.map((option) => ({ ...one, [key]: option }))),
    [{}],
  )
}

/** Values of one key that satisfy one operator; each mistake in its list is met by one of those. */
function optionsOf(operator: string, key: string, values: readonly string[]): (Context[string] | undefined)[] {
  const plain = operator.replace(/^For(Any|All)Values?:/, '').replace(/IfExists$/, '')
  const absent = operator.endsWith('IfExists') || /Not/.test(plain) ? [undefined] : []
  const first = values[0]!
  const foreign = foreignTo(key, first)
  if (plain === 'Null') return first === 'true' ? [undefined] : ['x']
  if (operator.startsWith('For'))
    return /Not/.test(plain) ? [[foreign], [matching(first), foreign]] : values.map((value) => [matching(value)])
  if (plain.startsWith('Numeric')) return [Number(first) + 1, ...absent]
  if (plain === 'Bool') return [first === 'true', ...absent]
  if (/Not/.test(plain)) return [foreign, ...absent]
  return [...values.map(matching), ...(plain.includes('IgnoreCase') ? [matching(first).toLowerCase()] : []), ...absent]
}
