import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { type LimitName, limits } from './limits.ts'

/** A compiled document was larger than AWS takes: found before apply, not by it. */
export class PolicyTooLarge extends Error {
  override name = 'PolicyTooLarge'
}

export const documentOf = (statements: readonly PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [...statements],
})

/** Minified, in a fixed order: the same parameters give the same bytes. */
export const render = (statements: readonly PolicyStatement[]): string => JSON.stringify(documentOf(statements))

/** Characters as AWS counts them for the given kind of document. Documents are minified, so white space is content. */
export function checkSize(name: string, text: string, kind: LimitName): string {
  const { characters, source } = limits[kind]
  if (text.length > characters)
    throw new PolicyTooLarge(
      `compiling policy "${name}": ${text.length} characters, and AWS takes ${characters} (${source}); ` +
        'name fewer things in its parameters',
    )
  return text
}
