import { AwsError } from '../kernel/aws-error.ts'
import type { Call } from '../kernel/operation.ts'
import { placesOf } from './project.ts'
import type { StudioSession } from './state.ts'

export interface Listing {
  title: string
  uri: string
  objects: { key: string; uri: string; bytes: number }[]
  /** What S3 said when it refused. */
  refused?: string
}

/** The project's data and the person's own files, listed by S3 for the execution role: what IAM hides is not here. */
export async function listData(call: Call, session: StudioSession): Promise<Listing[]> {
  const places = placesOf(session)
  if (!places) return []
  return Promise.all([
    list(call, 'Data of the project', places.bucket, places.dataPrefix),
    list(call, 'Models of the project', places.bucket, places.modelsPrefix),
    list(call, 'Your own files', places.bucket, places.ownPrefix),
  ])
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
