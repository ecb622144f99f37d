export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: Date
  region: string
}

/** Credentials of an account's own person (administrator, break-glass), as its sign-in page would give them. */
export async function credentialsOf(awsUrl: string, account: string, role: string): Promise<Credentials> {
  const response = await fetch(new URL('/_sandbox/credentials', awsUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-uais-sandbox': '1' },
    body: JSON.stringify({ account, role }),
  })
  if (!response.ok)
    throw new Error(
      `signing in to ${account} as ${role}: the sandbox answered ${response.status} ${await response.text()}`,
    )
  const answer = (await response.json()) as Omit<Credentials, 'expiration'> & { expiration: string }
  return { ...answer, expiration: new Date(answer.expiration) }
}
