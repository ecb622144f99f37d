import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { DetachPolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { CreateBucketCommand, DeleteBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountFacts, readAccountFacts } from '../../packages/server/src/guardrails/account-facts.ts'
import { differencesOf } from '../../packages/server/src/guardrails/differences.ts'
import { readExistingProof } from '../../packages/server/src/guardrails/existing.ts'
import { readLiveAccount } from '../../packages/server/src/guardrails/live-account.ts'
import { proveExisting } from '../../packages/server/src/guardrails/prove-existing.ts'
import { proveLive } from '../../packages/server/src/guardrails/prove-live.ts'
import { writeStatus } from '../../packages/server/src/resources/store.ts'
import { keepDocuments, stacksAsApplied } from '../../packages/server/src/runs/run-documents.ts'
import type { Stack } from '../../packages/server/src/runs/stack.ts'
import type { WorkerContext } from '../../packages/server/src/worker-context.ts'
import { account, type Bench, startBench } from './worker/bench.ts'
import { as, attachGuardrails, makeReady, placeOf } from './worker/guarded-account.ts'
import { onboardAsOwner, wantProject } from './worker/owner-account.ts'

/**
 * An account as its owner and the stacks leave it, made by hand with the compiled documents, and read back with the
 * bootstrap's own roles: what these may read is part of what is tested.
 */
let bench: Bench
let ctx: WorkerContext & { end(): Promise<void> }
let facts: AccountFacts
let guardrails: Record<string, string>

const network = {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
  securityGroupIds: ['sg-0a1b2c3d4e5f60733'],
}

beforeAll(async () => {
  bench = await startBench('none')
  ctx = await bench.context()
  await onboardAsOwner(bench, ctx)
  await makeOwnRoles()
  await proveExisting(ctx, account.id)
  await makeReady(ctx)
  await makeByHand()
})
afterAll(async () => {
  await ctx?.end()
  await bench?.stop()
})

const own = (name: string) => `arn:aws:iam::${account.awsAccountId}:role/${name}`

/** Whom an account may have long before UAIS comes: nobody of them is an administrator. */
async function makeOwnRoles(): Promise<void> {
  const iam = new IAMClient(await as(bench, 'claims', 'admin'))
  const statement = (rest: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })
  const lambda = { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  for (const [RoleName, Action] of Object.entries({
    'data-engineer': ['iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'lambda:*', 's3:*'],
    developer: ['sagemaker:*'],
    reader: ['iam:Get*', 'sagemaker:Describe*', 'logs:Get*'],
  })) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: statement(lambda) }))
    const PolicyDocument = statement({ Action, Resource: '*' })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
  }
}

const documents = (kind: string) => facts.stacks.find((stack) => stack.kind === kind)!.policies
const boundaryArn = `arn:aws:iam::${account.awsAccountId}:policy/uais/uais-boundary`

async function makeByHand(): Promise<void> {
  const admin = await as(bench, 'claims', 'admin')
  const read = async () => (await readAccountFacts(ctx.db, ctx.config, account.id))!
  facts = await read()
  const key = await new KMSClient(admin).send(new CreateKeyCommand({ Policy: documents('account').key }))
  await writeStatus(ctx.db, 'Account', account.id, {
    outputs: { ...network, domainId: 'd-abcdefghijkl', keyArn: key.KeyMetadata!.Arn! },
  })
  const project = await wantProject(ctx, 'fraud')
  await writeStatus(ctx.db, 'Project', project.id, { phase: 'Ready', observedGeneration: 1 })
  facts = await read()
  const s3 = new S3Client(admin)
  for (const name of ['data', 'trail']) {
    const Bucket = `uais-${name}-${account.awsAccountId}-eu-west-1`
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: documents('account')[`${name}-bucket`]! }))
  }
  for (const [role, policies] of Object.entries({
    studio: ['studio', 'studio-guards'],
    training: ['training'],
    inference: ['inference'],
  }))
    await makeRole(new IAMClient(admin), role, policies)
  guardrails = await attachGuardrails(bench, await placeOf(ctx))
}

async function makeRole(iam: IAMClient, role: string, policies: string[]): Promise<void> {
  const of = { Path: '/uais/projects/', RoleName: `uais-fraud-${role}` }
  const AssumeRolePolicyDocument = documents('project')[`${role}-trust`]!
  await iam.send(new CreateRoleCommand({ ...of, AssumeRolePolicyDocument, PermissionsBoundary: boundaryArn }))
  for (const name of policies) {
    const PolicyName = `uais-fraud-${name}`
    const PolicyDocument = documents('project')[name]!
    const made = await iam.send(new CreatePolicyCommand({ Path: of.Path, PolicyName, PolicyDocument }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: of.RoleName, PolicyArn: made.Policy!.Arn! }))
  }
}

/** A run of the stack as the run engine would leave it. @returns its id */
async function insertApply(
  { key, kind, resource }: Stack,
  rest: { phase: string; apply_started_at?: Date; ended_at?: Date },
): Promise<string> {
  const id = crypto.randomUUID()
  const about = { id, stack_kind: kind, stack_key: key, resource_id: resource.id, generation: 1 }
  const run = { ...about, operation: 'apply', reason: 'a test', aws_account_id: account.awsAccountId, ...rest }
  await ctx.db.insertInto('run').values(run).execute()
  return id
}

const live = async () => readLiveAccount(ctx.aws, await placeOf(ctx))
const differences = async () => differencesOf(facts, await live(), facts.stacks)
const findings = (state: string) =>
  ctx.db.selectFrom('finding').selectAll().where('state', '=', state).where('type', 'in', ['tamper', 'drift']).execute()

describe('an account before anything is made in it', () => {
  const proof = () => readExistingProof(ctx.db, account.id)
  const could = async (invariant: string) => (await proof()).risks.find((risk) => risk.invariant === invariant)

  it('is told in a sentence how many of its own roles could break how much, the platform’s apart', async () => {
    const { state, summary, roles, users, serviceControlPolicies, risks } = await proof()
    expect({ state, roles, users, serviceControlPolicies }).toEqual({
      ...{ state: 'done', roles: 5, users: 0, serviceControlPolicies: 3 },
    })
    expect(summary).toMatch(
      /^With what you have today, (all|4) of your 5 roles and users could break \d+ of \d+ promises/,
    )
    expect(summary).toMatch(/role\/admin \(\d+\) and role\/break-glass \(\d+\), with every right/)
    expect(summary).toMatch(/role\/data-engineer \(\d+\).*role\/developer \(\d+\).*, without\.$/)
    expect(risks.flatMap(({ principals }) => principals).filter((arn) => arn.includes('role/uais/'))).toEqual([])
  })

  it('is told who: those without every right first, with a request of theirs', async () => {
    const jobs = await could('NET-1/none')
    expect(jobs).toMatchObject({
      principals: [own('developer'), own('data-engineer'), own('admin'), own('break-glass')],
      why: 'These 4 of your roles and users could: role/developer, role/data-engineer, role/admin and role/break-glass.',
      counterexample: { principal: own('developer'), action: 'sagemaker:CreateTrainingJob', steps: [] },
    })
    expect((await could('IMM-1/tamper-sagemaker'))?.counterexample?.sentence).toMatch(
      /^role\/developer does sagemaker:DeleteDomain on arn:aws:sagemaker:/,
    )
  })

  it('is told of a role that has no such right and can become one that has', async () => {
    const leaving = await could('ORG-1/leave')
    expect(leaving?.principals).toEqual([own('data-engineer'), own('admin'), own('break-glass')])
    expect(leaving?.counterexample?.steps[0]).toMatchObject({ principal: own('data-engineer') })
    expect(leaving?.counterexample).toMatchObject({ action: 'organizations:LeaveOrganization' })
  })

  it('is told nothing of what it takes a role that nobody has made', async () => {
    const { risks } = await proof()
    const reader = risks.filter(({ principals }) => principals.includes(own('reader')))
    expect(reader.map(({ control }) => control).filter((control) => control !== 'IDN-4')).toEqual([])
  })
})

describe('an account that is as it was applied', () => {
  it('is read back whole, and nothing differs', async () => {
    expect(await differences()).toEqual([])
  })

  it('shows everybody with what they hold, and what binds them from the root down', async () => {
    const { principals, organization } = await live()
    const studio = principals.principals.find(({ arn }) => arn.endsWith('uais-fraud-studio'))
    expect(studio).toMatchObject({ permissionsBoundary: { arn: boundaryArn } })
    expect(studio?.identityPolicies.map(({ name }) => name).sort()).toEqual([
      'uais-fraud-studio',
      'uais-fraud-studio-guards',
    ])
    const admin = principals.principals.find(({ arn }) => arn.endsWith('role/admin'))
    expect(admin?.identityPolicies).toMatchObject([{ name: 'AdministratorAccess' }])
    expect(principals.roles).toBe(principals.principals.length)
    expect(organization).toMatchObject({ organizationId: 'o-uaissandbox', managementAccount: '100000000001' })
    expect(organization?.serviceControlPolicies.map(({ level }) => level)).toEqual([
      'r-uais',
      'ou-uais-workloads',
      account.awsAccountId,
    ])
    expect(organization?.serviceControlPolicies.at(-1)?.policies.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['FullAWSAccess', 'uais-claims-guardrails-1']),
    )
  })
})

describe('what somebody changed', () => {
  const owner = async () => as(bench, 'claims', 'break-glass')

  it('is a finding with who did it; and nothing is called proved that was not decided in time', async () => {
    const wide = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    const role = { RoleName: 'uais-fraud-studio', PolicyName: 'wide', PolicyDocument: wide }
    await new IAMClient(await owner()).send(new PutRolePolicyCommand(role))
    const Bucket = `uais-data-${account.awsAccountId}-eu-west-1`
    await new S3Client(await owner()).send(new DeleteBucketPolicyCommand({ Bucket }))
    for (const stack of facts.stacks) {
      const id = await insertApply(stack, { phase: 'succeeded', apply_started_at: new Date(), ended_at: new Date() })
      await keepDocuments(ctx.db, id, stack)
    }
    const report = await proveLive(ctx, account.id, 0)
    expect(report.differences.map(({ resource, document, actor }) => [resource, document, actor])).toEqual([
      [`arn:aws:s3:::${Bucket}`, 'data-bucket', 'arn:aws:sts::300000000003:assumed-role/break-glass/break-glass'],
      [
        'arn:aws:iam::300000000003:role/uais/projects/uais-fraud-studio',
        'wide',
        'arn:aws:sts::300000000003:assumed-role/break-glass/break-glass',
      ],
    ])
    expect(new Set(report.results.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect((await findings('open')).map(({ title, actor }) => [title, actor])).toEqual([
      [expect.stringContaining("'data-bucket' of arn:aws:s3:::"), expect.stringContaining('break-glass')],
      [expect.stringContaining("'wide' of arn:aws:iam::"), expect.stringContaining('break-glass')],
    ])
    const kept = await ctx.db.selectFrom('guardrail_proofs').selectAll().where('basis', '=', 'live').execute()
    expect(kept).toHaveLength(report.results.length)
  })

  it('is over when it is put back', async () => {
    const Bucket = `uais-data-${account.awsAccountId}-eu-west-1`
    const policy = { Bucket, Policy: documents('account')['data-bucket']! }
    await new S3Client(await owner()).send(new PutBucketPolicyCommand(policy))
    await proveLive(ctx, account.id, 0)
    expect((await findings('open')).map(({ title }) => title)).toEqual([expect.stringContaining("'wide' of")])
    expect((await findings('resolved')).map(({ title }) => title)).toEqual([
      expect.stringContaining("'data-bucket' of"),
    ])
  })

  it('is found among what was applied, though other rules would compile to something else', async () => {
    const before = await differences()
    const { spec } = facts.place.account
    const want = (spec: object) =>
      ctx.db
        .updateTable('resource')
        .set({ spec: JSON.stringify(spec) })
        .where('id', '=', account.id)
        .execute()
    await want({ ...spec, rules: { approvedInstanceTypes: ['ml.c5.4xlarge'] } })
    const stacks = (await readAccountFacts(ctx.db, ctx.config, account.id))!.stacks
    expect(differencesOf(facts, await live(), stacks).length).toBeGreaterThan(before.length)
    expect(differencesOf(facts, await live(), await stacksAsApplied(ctx.db, stacks))).toEqual(before)
    const organization = stacks.find(({ kind }) => kind === 'organization')!
    const id = await insertApply(organization, { phase: 'awaiting-approval' })
    expect(differencesOf(facts, await live(), await stacksAsApplied(ctx.db, stacks))).toEqual(before)
    await ctx.db.updateTable('run').set({ apply_started_at: new Date() }).where('id', '=', id).execute()
    expect((await stacksAsApplied(ctx.db, stacks)).map(({ kind }) => kind)).not.toContain('organization')
    await ctx.db.deleteFrom('run').where('id', '=', id).execute()
    await want(spec)
  })

  it('is proved by several at once, and what is kept is one proof', async () => {
    const reports = await Promise.all([1, 2, 3].map(() => proveLive(ctx, account.id, 0)))
    const kept = await ctx.db.selectFrom('guardrail_proofs').selectAll().where('basis', '=', 'live').execute()
    expect(kept).toHaveLength(reports[0]!.results.length)
    expect(new Set(kept.map(({ at }) => at.getTime())).size).toBe(1)
  })

  it('is seen above the account too', async () => {
    const organizations = new OrganizationsClient(await as(bench, 'management', 'admin'))
    const detach = { PolicyId: guardrails['guardrails-1']!, TargetId: account.awsAccountId }
    await organizations.send(new DetachPolicyCommand(detach))
    expect(await differences()).toContainEqual({
      resource: 'organization/claims',
      document: 'guardrails-1',
      message: 'It is not attached above the account, or was changed.',
    })
  })
})

describe('an account that cannot be read', () => {
  it('is not proved, and that is a finding', async () => {
    const owner = new IAMClient(await as(bench, 'claims', 'break-glass'))
    await owner.send(
      new PutRolePolicyCommand({
        ...{ RoleName: 'uais-audit', PolicyName: 'blind' },
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:GetAccountAuthorizationDetails","Resource":"*"}]}',
      }),
    )
    await expect(proveLive(ctx, account.id, 0)).rejects.toMatchObject({
      code: 'account-unreachable',
      message: expect.stringContaining('not authorized to perform: iam:GetAccountAuthorizationDetails'),
    })
    const found = await ctx.db.selectFrom('finding').selectAll().where('type', '=', 'access').execute()
    expect(found).toMatchObject([{ title: 'The account’s live policies cannot be proved', state: 'open' }])
  })

  it('says so of its own roles, and that nothing else waits for it', async () => {
    await proveExisting(ctx, account.id)
    expect(await readExistingProof(ctx.db, account.id)).toMatchObject({
      ...{ state: 'failed', roles: 0, risks: [], assumptions: [] },
      summary: expect.stringMatching(
        /^Your roles and policies could not be read: .*iam:GetAccountAuthorizationDetails.*\. Nothing else waits for it\./,
      ),
    })
    const kept = await ctx.db.selectFrom('resource').select('status').where('id', '=', account.id).executeTakeFirst()
    expect(kept?.status).toMatchObject({ phase: 'Ready' })
  })
})
