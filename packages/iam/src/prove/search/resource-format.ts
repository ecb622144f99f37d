import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'
import { regionForm } from './regions.ts'
import { agree, literalHead } from './universe.ts'

/** Where the ARNs of a resource type can be. */
export interface Place {
  readonly partition: string
  readonly account: string
}

/** ARN format of a resource type, with the account filled in. */
export interface ResourceFormat {
  /** Text up to the first placeholder: patterns that differ from it match no such ARN. */
  readonly prefix: string
  /** Text of the resource part up to its first placeholder. */
  readonly tail: string
  readonly language: () => Dfa
  /** The regular expression of `language`: equal formats have equal ones. */
  readonly expression: string
  /** Some ARN of the format. */
  readonly sample: string
  /** The format names the account. */
  readonly hasAccount: boolean
  readonly accepts: (arn: string) => boolean
}

const known = new Map<string, ResourceFormat>()

/**
 * Reads formats as the Service Authorization Reference writes them: `arn:${Partition}:s3:::${BucketName}`, several
 * joined by a comma. A placeholder is any text, within its part of the ARN. Names that a slash ends hold none themselves,
 * but for those with a path; nor do the names of buckets.
 */
export function resourceFormats(formats: string, place: Place): readonly ResourceFormat[] {
  return formats.split(/,\s*/).map((format) => {
    const key = `${place.partition} ${place.account} ${format}`
    const read = known.get(key) ?? readFormat(format, place)
    known.set(key, read)
    return read
  })
}

function readFormat(format: string, { partition, account }: Place): ResourceFormat {
  const parts = format.split(':')
  const head = parts.slice(0, 5)
  const hasAccount = (head[4] ?? '') !== ''
  head[1] = partition
  if (head[4]?.startsWith('${') || head[4] === '*') head[4] = account
  const whole = [...head, parts.slice(5).join(':')].join(':')
  const open = whole.indexOf('${')
  const expression = head
    .map((part, index) => expressionOf(part, index === 3 ? regionForm : '[^:]+'))
    .concat(expressionOf(parts.slice(5).join(':'), '.+'))
    .join(':')
  const prefix = open < 0 ? whole : whole.slice(0, open)
  let compiled: Dfa | undefined
  const language = () => {
    compiled ??= new Dfa(nfaOfRegex(expression))
    return compiled
  }
  const rest = parts.slice(5).join(':')
  const tail = rest.includes('${') ? rest.slice(0, rest.indexOf('${')) : rest
  const accepts = (arn: string) =>
    arn.startsWith(prefix) &&
    arn.split(':').slice(5).join(':').startsWith(tail) &&
    language().accepts(language().after(language().start, arn))
  return { prefix, tail, language, expression, sample: whole.replace(/\$\{[^}]+\}/g, 'x'), hasAccount, accepts }
}

/** An expression for one part of a format: see `resourceFormats`. */
function expressionOf(part: string, placeholder: string): string {
  return part
    .split(/(\$\{[^}]+\})/)
    .map((piece, index, pieces) => {
      if (!piece.startsWith('${')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      if (piece === '${BucketName}') return '[^:/]+'
      const isBeforeSlash = pieces[index + 1]?.startsWith('/') === true && !piece.includes('Path')
      return isBeforeSlash && placeholder === '.+' ? '[^/]+' : placeholder
    })
    .join('')
}

/** Whether a Resource pattern could match an ARN of the format: false only if the fixed texts of both exclude it. */
export function couldMatch(pattern: string, { prefix, tail }: ResourceFormat): boolean {
  const literal = literalHead(pattern)
  if (!agree(literal, prefix)) return false
  const parts = literal.split(':')
  return parts.length < 6 || agree(parts.slice(5).join(':'), tail)
}
