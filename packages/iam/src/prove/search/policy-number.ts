import type { CompiledPolicy } from '../../policy/compile.ts'

const numbers = new WeakMap<CompiledPolicy, number>()
let count = 0

/** A number of the policy's own: shorter to compare than what it says. */
export function numberOf(policy: CompiledPolicy): number {
  const number = numbers.get(policy) ?? count++
  numbers.set(policy, number)
  return number
}
