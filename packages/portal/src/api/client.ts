import { createClient } from '@uais/contract'

let csrfToken = ''

/** Set once the session is read; sent with every change (the server refuses changes without it). */
export function rememberCsrfToken(token: string): void {
  csrfToken = token
}

/** The one way to the API. Errors are PlatformError with the server's code and words. */
export const client = createClient({
  origin: '',
  headers: (): Record<string, string> => (csrfToken ? { 'x-csrf-token': csrfToken } : {}),
})
