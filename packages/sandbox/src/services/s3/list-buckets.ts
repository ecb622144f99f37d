import type { ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { invalidArgument } from './errors.ts'
import { ownerOf } from './owner.ts'
import { buckets } from './state.ts'

/** The caller's own buckets, in all Regions unless one is asked for. */
export const listBuckets = operation<ListBucketsRequest, ListBucketsOutput>({
  name: 'ListBuckets',
  access: (_input, call) => [{ action: 's3:ListAllMyBuckets', resource: `arn:${call.partition}:s3:::*` }],
  handle: (input, call) => {
    const { Prefix = '', BucketRegion, ContinuationToken, MaxBuckets = 10_000 } = input
    const after = ContinuationToken === undefined ? '' : readToken(ContinuationToken)
    const rest = [...buckets(call).values()]
      .filter((bucket) => bucket.account === call.account && bucket.name.startsWith(Prefix) && bucket.name > after)
      .filter((bucket) => BucketRegion === undefined || bucket.region === BucketRegion)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const page = rest.slice(0, MaxBuckets)
    const last = page.at(-1)
    return {
      Buckets: page.map((bucket) => ({
        Name: bucket.name,
        CreationDate: new Date(bucket.createdAt),
        BucketRegion: bucket.region,
      })),
      Owner: ownerOf(call.account),
      ...(Prefix ? { Prefix } : {}),
      ...(last && rest.length > page.length ? { ContinuationToken: Buffer.from(last.name).toString('base64url') } : {}),
    }
  },
})

function readToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString()
  if (Buffer.from(name).toString('base64url') !== token)
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token)
  return name
}
