import type { CreatePresignedDomainUrlCommandOutput } from '@aws-sdk/client-sagemaker'
import type { Keys } from './sign-in.ts'

/** Opens a domain's presigned URL as a browser would, and takes the keys that code in Studio finds. */
export async function enterStudio(answer: unknown): Promise<Keys> {
  const { AuthorizedUrl = '' } = answer as CreatePresignedDomainUrlCommandOutput
  const entered = await fetch(AuthorizedUrl, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`opening ${AuthorizedUrl}: ${entered.status} without a session`)
  const keys = await fetch(new URL('/_studio/api/credentials', AuthorizedUrl), { headers: { cookie } })
  if (!keys.ok) throw new Error(`asking Studio for its keys: ${keys.status} ${await keys.text()}`)
  const { accessKeyId, secretAccessKey, sessionToken } = (await keys.json()) as Keys
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}
