import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphResource } from './applications.ts'
import { groupId, oid, tenantId } from './directory.ts'
import { type Entra, startEntra } from './entra.ts'
import { Browser } from './sign-in-browser.ts'

const portal = 'http://127.0.0.1:8080'
const redirect = `${portal}/auth/callback`
const dataDir = mkdtempSync(join(tmpdir(), 'entra-'))
const options = { port: 0, dataDir, portalOrigins: [portal], clientSecret: 'a-secret-for-tests' }
let entra: Entra
let portalApp: client.Configuration

async function discover(id: string, secret?: string) {
  const auth = secret ? client.ClientSecretPost(secret) : client.None()
  return client.discovery(new URL(entra.issuer), id, undefined, auth, { execute: [client.allowInsecureRequests] })
}

async function signInAs(name: string, extra: Record<string, string> = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const parameters = {
    redirect_uri: redirect,
    scope: 'openid profile offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce: client.randomNonce(),
    state: client.randomState(),
    ...extra,
  }
  const browser = new Browser()
  const landed = await browser.signIn(client.buildAuthorizationUrl(portalApp, parameters), oid(name), redirect)
  const tokens = await client.authorizationCodeGrant(portalApp, landed, {
    pkceCodeVerifier: verifier,
    expectedNonce: parameters.nonce,
    expectedState: parameters.state,
  })
  return { tokens, landed, verifier, parameters, browser }
}

beforeAll(async () => {
  entra = await startEntra(options)
  portalApp = await discover('uais-portal', options.clientSecret)
})

afterAll(async () => {
  await entra.stop()
  rmSync(dataDir, { recursive: true })
})

describe('the v2.0 issuer', () => {
  test('describes itself at Entra paths', () => {
    const metadata = portalApp.serverMetadata()
    expect(metadata.issuer).toBe(`${entra.url}/${tenantId}/v2.0`)
    expect(metadata.authorization_endpoint).toBe(`${entra.url}/${tenantId}/oauth2/v2.0/authorize`)
    expect(metadata.token_endpoint).toBe(`${entra.url}/${tenantId}/oauth2/v2.0/token`)
    expect(metadata.jwks_uri).toBe(`${entra.url}/${tenantId}/discovery/v2.0/keys`)
  })

  test('signs a person in with code and PKCE; the token has tid, oid and transitive groups', async () => {
    const { tokens } = await signInAs('sam')
    expect(tokens.claims()).toMatchObject({
      tid: tenantId,
      oid: oid('sam'),
      name: 'Sam Science',
      preferred_username: 'sam@uais.example',
    })
    const groups = tokens.claims()?.groups as string[]
    expect(groups.toSorted()).toEqual([groupId('claims-fraud-scientists'), groupId('claims-everyone')].toSorted())
    expect(tokens.refresh_token).toBeTypeOf('string')
  })

  test('over 200 groups the claim gives way to a pointer', async () => {
    const claims = (await signInAs('olga')).tokens.claims()
    expect(claims?.groups).toBeUndefined()
    expect(claims?._claim_names).toEqual({ groups: 'src1' })
    expect(claims?._claim_sources).toHaveProperty('src1.endpoint')
  })

  test('a person of no group has neither groups nor a pointer', async () => {
    const claims = (await signInAs('nora')).tokens.claims()
    expect(claims?.groups).toBeUndefined()
    expect(claims?._claim_names).toBeUndefined()
  })

  test('refuses a replayed code', async () => {
    const { landed, verifier, parameters } = await signInAs('priya')
    const again = client.authorizationCodeGrant(portalApp, landed, {
      pkceCodeVerifier: verifier,
      expectedNonce: parameters.nonce,
      expectedState: parameters.state,
    })
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  test('refuses an authorization request without PKCE', async () => {
    const url = client.buildAuthorizationUrl(portalApp, { redirect_uri: redirect, scope: 'openid', state: 'x' })
    const answer = await fetch(url, { redirect: 'manual' })
    const location = new URL(answer.headers.get('location') ?? '')
    expect(location.searchParams.get('error')).toBe('invalid_request')
    expect(location.searchParams.get('error_description')).toContain('PKCE')
  })

  test('refuses a redirect URI that is not registered', async () => {
    const url = client.buildAuthorizationUrl(portalApp, { redirect_uri: 'http://evil.example/', scope: 'openid' })
    const answer = await fetch(url, { redirect: 'manual' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('redirect_uri did not match')
  })

  test('a sign-in form posted without the interaction cookie changes nothing', async () => {
    const forged = await fetch(`${entra.url}/${tenantId}/login/some-interaction`, {
      method: 'POST',
      body: new URLSearchParams({ person: oid('ada') }),
    })
    expect(forged.status).toBe(400)
  })

  test('revoked sessions end refresh tokens', async () => {
    const { tokens } = await signInAs('vic')
    await new Promise((resolve) => setTimeout(resolve, 1100))
    entra.directory.revokeSessions(oid('vic'), new Date())
    await expect(client.refreshTokenGrant(portalApp, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  test('a disabled person cannot sign in', async () => {
    entra.directory.setEnabled(oid('tess'), false)
    const browser = new Browser()
    const url = client.buildAuthorizationUrl(portalApp, {
      redirect_uri: redirect,
      scope: 'openid',
      state: 's',
      code_challenge: await client.calculatePKCECodeChallenge('v'.repeat(43)),
      code_challenge_method: 'S256',
    })
    await expect(browser.signIn(url, oid('tess'), redirect)).rejects.toThrow('AADSTS50057')
    entra.directory.setEnabled(oid('tess'), true)
  })

  test('device code flow signs the command line in, with a token for the API', async () => {
    const cli = await discover('uais-cli')
    const started = await client.initiateDeviceAuthorization(cli, {
      scope: 'openid profile offline_access api://uais/access',
    })
    const browser = new Browser()
    const page = await browser.confirmDevice(new URL(started.verification_uri), started.user_code, oid('lena'))
    expect(page).toContain('You are signed in')
    const tokens = await client.pollDeviceAuthorizationGrant(cli, { ...started, interval: 1 })
    const claims = JSON.parse(Buffer.from(tokens.access_token.split('.')[1]!, 'base64url').toString())
    expect(claims).toMatchObject({ aud: 'api://uais', oid: oid('lena'), scp: 'access', tid: tenantId })
  }, 20_000)

  test('keys survive a restart, so issued tokens stay valid', async () => {
    const scope = `${graphResource}/.default`
    const { access_token } = await client.clientCredentialsGrant(await discover('uais-server', options.clientSecret), {
      scope,
    })
    await entra.stop()
    entra = await startEntra(options)
    portalApp = await discover('uais-portal', options.clientSecret)
    const answer = await fetch(`${entra.graphUrl}/groups?$top=1`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(answer.status).toBe(200)
  })
})
