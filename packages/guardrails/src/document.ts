import { type PolicyDocument, type PolicyStatement, policySize, type SizedPolicy } from '@uais/iam'

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

/** Measures a document as AWS does for its kind. @throws PolicyTooLarge */
export function checkSize(name: string, text: string | readonly string[], kind: SizedPolicy): void {
  const { size, limit, unit, source, fits } = policySize(text, kind)
  if (!fits)
    throw new PolicyTooLarge(
      `compiling policy "${name}": ${size} ${unit === 'bytes' ? 'bytes' : 'characters'}, and AWS takes ${limit} ` +
        `(${source}); name fewer things in its parameters`,
    )
}
