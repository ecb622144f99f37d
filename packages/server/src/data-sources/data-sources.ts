import { type Account, type DataSource, PlatformError, type Project } from '@uais/contract'
import { dataBucketName, listSessionPolicy, uploadPrefix } from '@uais/guardrails'
import type { Call } from '../access/route.ts'
import { readLink } from '../accounts/accounts.ts'
import { type ListedObject, listObjects } from '../aws/list-objects.ts'
import { mintUpload } from '../aws/mint-upload.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import * as events from '../events.ts'
import { accountOf, needReady } from '../projects/projects.ts'
import { addReconcile } from '../queue/jobs.ts'
import { firstStatus } from '../resources/resource.ts'
import { insertResource, markForDeletion } from '../resources/store.ts'

/** Gives a project data: what already lies in the account (its owner decides), or a place to bring files to. */
export async function createDataSource(
  { context, db, person, body, telling }: Call<'data-sources.create'>,
  project: Project,
): Promise<DataSource> {
  const doing = `adding data '${body.name}'`
  needReady(project, doing)
  const account = await accountOf(db, project)
  if (body.spec.source === 's3') refuseOtherBuckets(account, body.spec.bucket, doing)
  const place =
    body.spec.source === 's3'
      ? { bucket: body.spec.bucket, prefix: body.spec.prefix }
      : placeOfUpload(context, account, project, body.name)
  const source = await insertResource(db, {
    ...{ kind: 'DataSource', name: body.name, accountId: account.id, projectId: project.id },
    ...{
      spec: body.spec,
      status: firstStatus<'DataSource'>({ ...place, uri: `s3://${place.bucket}/${place.prefix}` }),
    },
    createdBy: person,
  })
  await addReconcile(db, 'DataSource', source.id)
  await events.created(telling, person, 'CreateDataSource', source)
  return source
}

/**
 * Buckets that UAIS made are shared by all projects of the account, or hold its trail: neither is a project's data. Nor is
 * one that the owner did not agree to, where the owner listed some.
 */
function refuseOtherBuckets({ name, spec }: Account, bucket: string, doing: string): void {
  if (/^uais-(data|trail|state)-/.test(bucket))
    throw new PlatformError(
      'invalid-request',
      `${doing}: '${bucket}' is a bucket of UAIS itself; name one of the owner's`,
    )
  const agreed = spec.rules?.approvedBuckets
  if (agreed && !agreed.includes(bucket))
    throw new PlatformError(
      'invalid-request',
      `${doing}: the owner of account '${name}' agreed to ${agreed.join(', ')} as buckets of data; '${bucket}' is none of those`,
    )
}

function placeOfUpload({ config }: Context, account: Account, project: Project, name: string) {
  const { awsAccountId, region } = account.spec
  const bucket = dataBucketName({ partition: config.platform.partition, awsAccountId, region })
  return { bucket, prefix: uploadPrefix(project.name, name) }
}

/** Where a source's objects are. @throws PlatformError not-ready before its stack has said so */
function placeOf(source: DataSource, doing: string): { bucket: string; prefix: string } {
  const { bucket, prefix } = source.status.outputs
  if (!bucket || !prefix)
    throw new PlatformError('not-ready', `${doing}: data '${source.name}' is ${source.status.phase}, not Ready`)
  return { bucket, prefix }
}

/** Grants one person the posting of one file of one size. The name is checked by the contract: no path in it. */
export async function grantUpload(
  { context, db, person, body, telling }: Call<'data-sources.upload'>,
  source: DataSource,
) {
  const doing = `uploading '${body.fileName}'`
  if (source.spec.source !== 'upload')
    throw new PlatformError('conflict', `${doing}: the data of '${source.name}' lies where its owner keeps it`)
  if (source.status.phase !== 'Ready' || source.deletionRequestedAt)
    throw new PlatformError('not-ready', `${doing}: data '${source.name}' is ${source.status.phase}, not Ready`)
  const account = await accountOf(db, source)
  const { bucket, prefix } = placeOf(source, doing)
  const { keyArn } = account.status.outputs
  if (!keyArn) throw new PlatformError('not-ready', `${doing}: account '${account.name}' has no key yet`)
  const grant = await mintUpload(context.aws, {
    ...(await entryOf(db, account)),
    ...{ oid: person.oid, bucket, key: `${prefix}${body.fileName}`, keyArn },
    ...{ contentType: body.contentType, bytes: body.bytes },
  })
  const detail = `a grant to post '${body.fileName}' (${body.bytes} bytes) was given`
  await events.acted(telling, person, 'UploadData', source, detail)
  return grant
}

/**
 * Objects of a source by name and size, never their contents. In the owner's own buckets the platform sees names only
 * where their policy says so; by itself it may list the places for uploads.
 */
export async function objectsOf(
  { context, db, person }: Call<'data-sources.objects'>,
  source: DataSource,
): Promise<ListedObject[]> {
  const doing = `listing data '${source.name}'`
  const { bucket, prefix } = placeOf(source, doing)
  const entry = await entryOf(db, await accountOf(db, source))
  const session = await context.aws.enter({
    ...entry,
    ...{ role: 'uais-mint', sourceIdentity: person.oid, ttlSeconds: 900 },
    sessionPolicy: listSessionPolicy({ ...entry, partition: context.config.platform.partition }, { bucket, prefix }),
  })
  return listObjects(session, { bucket, prefix }, doing)
}

async function entryOf(db: Db, account: Account) {
  const { externalId } = await readLink(db, account.id)
  return { awsAccountId: account.spec.awsAccountId, region: account.spec.region, externalId }
}

/** Ends the project's access. The objects stay: they are their owner's. */
export async function deleteDataSource(
  { db, person, telling }: Call<'data-sources.delete'>,
  source: DataSource,
): Promise<DataSource> {
  const marked = await markForDeletion(db, 'DataSource', source.id)
  await addReconcile(db, 'DataSource', source.id)
  await events.deletionRequested(telling, person, 'DeleteDataSource', source)
  return marked
}
