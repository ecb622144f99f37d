import { z } from 'zod'
import type { Env } from './env.ts'

/** What must never be logged or answered. Kept apart from `Config`, so that a dump of the configuration holds none. */
export interface Secrets {
  databaseUrl: string
  entraClientSecret: string
  /** 32 bytes: encrypts stored plans and the sign-in cookie (AES-256-GCM). */
  encryptionKey: Buffer
  /** Bearer token that `/metrics` demands from other machines; without one only this machine may read it. */
  metricsToken: string | undefined
}

const encryptionKey = z
  .string({ error: 'is missing: 32 random bytes in base64 (openssl rand -base64 32)' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)')

export const secretsShape = {
  DATABASE_URL: z
    .string({ error: 'is missing: postgres://user:password@host:5432/database' })
    .regex(/^postgres(ql)?:/, {
      error: 'must begin with postgres://',
    }),
  UAIS_ENTRA_CLIENT_SECRET: z.string({ error: 'is missing: the secret of the app registration' }).min(1),
  UAIS_ENCRYPTION_KEY: encryptionKey,
  UAIS_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
} satisfies Partial<Record<keyof Env, z.ZodType>>

/** Picks the secrets out of checked variables. */
export function secretsOf(env: z.output<z.ZodObject<typeof secretsShape>>): Secrets {
  return {
    databaseUrl: env.DATABASE_URL,
    entraClientSecret: env.UAIS_ENTRA_CLIENT_SECRET,
    encryptionKey: env.UAIS_ENCRYPTION_KEY,
    metricsToken: env.UAIS_METRICS_TOKEN,
  }
}
