import { type Logger, pino } from 'pino'
import type { Config } from './config/config.ts'

export type { Logger } from 'pino'

/** What must not reach a log, wherever it appears in a logged object (one level deep, as pino's paths allow). */
const secretFields = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'accessToken',
  'idToken',
  'refreshToken',
  'clientSecret',
  'secretAccessKey',
  'sessionToken',
  'externalId',
  'encryptionKey',
  'databaseUrl',
  'csrfToken',
  'presignedUrl',
]

/** The process's logger: JSON lines on stderr, so that stdout stays free for answers of commands. */
export function createLogger(config: Pick<Config, 'logLevel'>, part: 'api' | 'worker'): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { part },
      redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
    },
    pino.destination(2),
  )
}
