import type { RawDoor } from '../../kernel/service.ts'
import type { HttpAnswer, HttpRequest } from '../../wire/http-message.ts'
import { bucketOf } from './cors.ts'

/**
 * Tells the bucket's Region with every refused HEAD, whose answer has no body to say it in: clients that signed for
 * another Region sign again for that one (S3 API Reference, HeadBucket, "x-amz-bucket-region").
 */
export async function addBucketRegion(request: HttpRequest, answer: HttpAnswer, door: RawDoor): Promise<void> {
  if (request.method !== 'HEAD' || answer.status < 300) return
  const bucket = await bucketOf(request, door)
  if (bucket) answer.headers['x-amz-bucket-region'] = bucket.region
}
