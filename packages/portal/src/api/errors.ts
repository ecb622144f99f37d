import { PlatformError } from '@uais/contract'
import { sentence } from '../ui/field-words.ts'

export interface ErrorWords {
  title: string
  message: string
}

/** A failure that the browser itself saw, already in words. */
export class WordedError extends Error {
  readonly title: string

  constructor(title: string, message: string) {
    super(message)
    this.title = title
  }
}

const titles: Partial<Record<string, string>> = {
  'not-found': 'Not found',
  'already-exists': 'The name is taken',
  conflict: 'Not possible right now',
  'not-ready': 'Not ready yet',
  'rate-limited': 'Too many requests',
  'unknown-group': 'Entra ID has no such group',
  'review-required': 'The review board has not approved this artifact',
  'directory-unavailable': 'Entra ID did not answer',
  'account-unreachable': 'The AWS account could not be entered',
  'invalid-request': 'Please correct the request',
}

/** Words for an error of any origin. A failed fetch is "offline": the server never answered. */
export function wordsFor(error: unknown): ErrorWords {
  if (error instanceof WordedError) return { title: error.title, message: error.message }
  if (error instanceof PlatformError && error.code === 'not-allowed')
    return {
      title: 'You may not do this',
      message: `Your groups do not give you this right. Ask the data owner or the project’s lead. (${error.message})`,
    }
  if (error instanceof PlatformError)
    return { title: titles[error.code] ?? 'The request failed', message: sentence(error.message) }
  if (error instanceof TypeError)
    return { title: 'UAIS cannot be reached', message: 'Check the connection; the page tries again by itself.' }
  return {
    title: 'Something went wrong',
    message: 'Reload the page. If it stays, tell the platform team what you were doing.',
  }
}

/** Errors of single fields, by their dotted path, as the server's validation names them. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof PlatformError)) return {}
  const fields = error.details?.fields
  if (!Array.isArray(fields)) return {}
  return Object.fromEntries(
    fields
      .filter((field): field is { path: string; message: string } => typeof field?.path === 'string')
      .map((field) => [field.path.replace(/^body\.|^\//, '').replaceAll('/', '.'), field.message]),
  )
}
