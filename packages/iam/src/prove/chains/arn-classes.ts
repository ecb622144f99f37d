import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'
import { witnesses } from '../automaton/witnesses.ts'
import type { ProofBundle } from '../bundle.ts'
import { resourceNfa, textNfa } from '../keys/match-patterns.ts'

/** A pattern that ARNs are compared with. */
export interface ArnPattern {
  readonly value: string
  /** Operator of a condition, in lower case; absent for a Resource element. */
  readonly base?: string
}

/** What IAM takes in a path and a name (IAM User Guide, "IAM and AWS STS quotas", IAM name requirements). */
const name = '[a-zA-Z0-9_+=,.@-]+'
/** Each round avoids the names that collided in the one before. */
const roundsLimit = 5

/**
 * One ARN, that is not taken, of each class of roles, users or policies that the patterns tell apart.
 *
 * @param owner account, or `aws` for the policies that AWS manages
 * @returns undefined when there are too many classes, or no free name was found
 */
export function freeArns(
  { partition }: ProofBundle,
  { owner, kind }: { owner: string; kind: 'role' | 'user' | 'policy' },
  patterns: readonly ArnPattern[],
  taken: ReadonlySet<string>,
): readonly string[] | undefined {
  const required = [new Dfa(nfaOfRegex(`arn:${partition}:iam::${owner}:${kind}/(${name}/)*${name}`))]
  const automata = patterns.filter(({ value }) => isOpen(value, kind)).map(automatonOf)
  const avoided = new Set<string>()
  for (let round = 0; round < roundsLimit; round++) {
    const found = witnesses(automata, required)?.map(({ value }) => value)
    if (!found) return undefined
    const collisions = found.filter((value) => taken.has(value) && !avoided.has(value))
    if (collisions.length === 0) return found.filter((value) => !taken.has(value))
    for (const value of collisions) {
      avoided.add(value)
      automata.push(automatonOf({ value, base: 'stringequals' }))
    }
  }
  return undefined
}

function automatonOf({ value, base }: ArnPattern): Dfa {
  const nfa = base
    ? textNfa({ base, values: [value], variables: false }, undefined)
    : resourceNfa([value], false, undefined)
  return new Dfa(nfa)
}

/** Whether a pattern with wildcards can match some ARN of the kind, and not all of them. */
function isOpen(pattern: string, kind: string): boolean {
  if (pattern === '*' || !/[*?]/.test(pattern)) return false
  const [, , service, , , ...rest] = pattern.split(':')
  if (service !== undefined && service !== 'iam' && !/[*?]/.test(service)) return false
  const tail = rest.join(':')
  const literal = tail.slice(0, tail.search(/[*?]|$/)).slice(0, kind.length + 1)
  return `${kind}/`.startsWith(literal)
}
