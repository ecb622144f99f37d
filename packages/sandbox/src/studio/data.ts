import { AwsError } from '../kernel/aws-error.ts'
import type { Call } from '../kernel/operation.ts'
import { roles } from '../services/iam/state.ts'
import { placesOf } from './project.ts'
import type { StudioSession } from './state.ts'

export interface Listing {
  title: string
  uri: string
  objects: { key: string; uri: string; bytes: number }[]
  /** What S3 said when it refused. */
  refused?: string
}

/** The project's data sources and the person's own files, listed by S3 for the execution role: what IAM hides is not here. */
export async function listData(call: Call, session: StudioSession): Promise<Listing[]> {
  const places = placesOf(session)
  if (!places) return []
  return Promise.all([
    ...sourcesOf(call, session).map(({ name, bucket, prefix }) => list(call, `Data: ${name}`, bucket, prefix)),
    list(call, 'Models of the project', places.bucket, places.modelsPrefix),
    list(call, 'Your own files', places.bucket, places.ownPrefix),
  ])
}

const grantName = 'uais-data-'

interface Grant {
  Statement: { Action: string; Resource: string; Condition?: { StringLike?: { 's3:prefix'?: string[] } } }[]
}

/** Where the data sources are that the role was given, by the grants' names; only where to look: S3 decides what is seen. */
function sourcesOf(call: Call, session: StudioSession): { name: string; bucket: string; prefix: string }[] {
  const role = roles(call, session.account).get(session.executionRoleArn.split('/').at(-1) ?? '')
  const grants = Object.entries(role?.inline ?? {}).filter(([name]) => name.startsWith(grantName))
  return grants.flatMap(([name, text]) =>
    (JSON.parse(text) as Grant).Statement.flatMap(({ Action, Resource, Condition }) => {
      const [prefix] = Condition?.StringLike?.['s3:prefix'] ?? []
      if (Action !== 's3:ListBucket' || prefix === undefined) return []
      const bucket = Resource.split(':::')[1] ?? ''
      return [{ name: name.slice(grantName.length), bucket, prefix: prefix.replace(/\*$/, '') }]
    }),
  )
}

async function list(call: Call, title: string, bucket: string, prefix: string): Promise<Listing> {
  const uri = `s3://${bucket}/${prefix}`
  try {
    const { Contents = [] } = await call.invoke<{ Contents?: { Key: string; Size: number }[] }>('s3', 'ListObjectsV2', {
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: 200,
    })
    const objects = Contents.filter(({ Size }) => Size > 0).map(({ Key, Size }) => ({
      key: Key,
      uri: `s3://${bucket}/${Key}`,
      bytes: Size,
    }))
    return { title, uri, objects }
  } catch (error) {
    if (error instanceof AwsError) return { title, uri, objects: [], refused: error.message }
    throw error
  }
}
