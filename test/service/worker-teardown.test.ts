import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ListDomainsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { type Devstack, startDevstack } from '@uais/devstack'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { credentialsOf } from '../../packages/devstack/src/demo/credentials.ts'
import { claims, onboard } from '../../packages/devstack/src/demo/onboarding.ts'
import { type Person, signIn } from '../../packages/devstack/src/demo/person.ts'
import { addUploadedData, addWorkspace, createProject, upload } from '../../packages/devstack/src/demo/project.ts'

const minutes = 60_000

let dataDir: string
let stack: Devstack
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'uais-teardown-'))
  stack = await startDevstack({ dataDir, ports: { portal: 0, aws: 0, entra: 0 }, withPortal: false, env: process.env })
})
afterAll(async () => {
  await stack?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}, 2 * minutes)

it(
  'ends the work in an account, from workspace to guardrails, and leaves the owner the data',
  async () => {
    const people = await Promise.all(
      (['ada', 'owen', 'lena', 'sam'] as const).map((name) => signIn(stack.urls.portal, name)),
    )
    const [ada, owen, lena, sam] = people as [Person, Person, Person, Person]
    const account = await onboard(ada, owen, stack.urls, () => undefined)
    const project = await createProject(owen, account)
    const [workspace, source] = await Promise.all([addWorkspace(sam, project), addUploadedData(lena, project)])
    const file = await upload(lena, source, 'cases.csv', 'a,b\n1,2\n')
    expect(await found()).toMatchObject({ domains: 1, vpcs: 1 })

    await sam.client.call('workspaces.delete', { params: { id: workspace.id } })
    await lena.client.call('data-sources.delete', { params: { id: source.id } })
    await gone(() => sam.client.call('workspaces.read', { params: { id: workspace.id } }))
    await gone(() => lena.client.call('data-sources.read', { params: { id: source.id } }))
    await owen.client.call('projects.delete', { params: { id: project.id } })
    await gone(() => owen.client.call('projects.read', { params: { id: project.id } }))
    expect((await found()).projectRoles).toEqual([])
    await ada.client.call('accounts.delete', { params: { id: account.id } })
    await gone(() => ada.client.call('accounts.read', { params: { id: account.id } }))
    expect(await found()).toEqual({ domains: 0, vpcs: 0, projectRoles: [] })
    // The owner's data is still there, and the owner reads it without us.
    expect(await readAsOwner(file.uri)).toBe('a,b\n1,2\n')
  },
  20 * minutes,
)

/** What is left of the platform's work, as the account's own administrator sees it. */
async function found() {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(stack.urls.aws, claims.name, 'admin')
  const to = {
    endpoint: stack.urls.aws,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  }
  const { Domains } = await new SageMakerClient(to).send(new ListDomainsCommand({}))
  const { Vpcs } = await new EC2Client(to).send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'tag:ManagedBy', Values: ['UAIS'] }] }),
  )
  const { Roles } = await new IAMClient(to).send(new ListRolesCommand({ PathPrefix: '/uais/projects/' }))
  return { domains: Domains?.length, vpcs: Vpcs?.length, projectRoles: (Roles ?? []).map((role) => role.RoleName) }
}

async function readAsOwner(uri: string): Promise<string | undefined> {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(stack.urls.aws, claims.name, 'break-glass')
  const to = { endpoint: stack.urls.aws, region: 'eu-west-1', forcePathStyle: true }
  const s3 = new S3Client({ ...to, credentials: { accessKeyId, secretAccessKey, sessionToken } })
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
  return (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString()
}

/** Waits until a resource can be read no more; one whose removal failed ends the wait with its reason. */
async function gone(
  read: () => Promise<{ name: string; status: { phase: string; conditions: unknown[] } }>,
): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const left = await read().catch((error: { code?: string }) => {
      if (error.code === 'not-found') return undefined
      throw error
    })
    if (!left) return
    if (left.status.phase === 'Failed' || left.status.phase === 'Waiting')
      throw new Error(`removing '${left.name}': ${left.status.phase} ${JSON.stringify(left.status.conditions)}`)
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error('it was not gone after ten minutes')
}
