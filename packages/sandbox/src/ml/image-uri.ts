import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Algorithm } from './train.ts'

interface Repository {
  algorithm: Algorithm
  tags: string[]
  /** Account that owns the repository, by region. */
  registries: Record<string, string>
}

const { repositories } = JSON.parse(readFileSync(new URL('./image-registries.json', import.meta.url), 'utf8')) as {
  repositories: Record<string, Repository>
}

export interface BuiltInImage {
  algorithm: Algorithm
  uri: string
  /** Made from the URI: the sandbox holds no image, but the same URI always has the same digest. */
  digest: string
}

/** The built-in algorithm that an image URI names in `region`, or undefined for any other image. */
export function builtInImage(uri: string, region: string): BuiltInImage | undefined {
  const match =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z-]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      uri,
    )
  if (!match) return undefined
  const [, account, imageRegion = '', name = '', tag = 'latest', pinned] = match
  const repository = repositories[name]
  if (!repository || imageRegion !== region || repository.registries[region] !== account) return undefined
  // Older XGBoost tags may carry the processor and the Python version: 1.0-1-cpu-py3.
  if (!pinned && !repository.tags.includes(tag.replace(/-cpu-py3$/, ''))) return undefined
  const digest = pinned ?? `sha256:${createHash('sha256').update(uri).digest('hex')}`
  return { algorithm: repository.algorithm, uri, digest }
}

/** Image URI of a built-in algorithm in a region, as `sagemaker.image_uris.retrieve` gives it. */
export function imageUri(algorithm: Algorithm, region: string): string {
  const [name, tag] = algorithm === 'xgboost' ? ['sagemaker-xgboost', '1.7-1'] : ['linear-learner', '1']
  const account = repositories[name]?.registries[region]
  if (!account) throw new Error(`finding the image of ${algorithm}: it is not offered in ${region}`)
  return `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${name}:${tag}`
}
