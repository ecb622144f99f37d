import type { CatalogueAction } from '../../../catalogue/catalogue.ts'
import type { ProofBundle } from '../../bundle.ts'

/** An ARN that the pattern matches: of the first resource type of the action, where the pattern is only `*`. */
export function sampleArn(bundle: ProofBundle, { resources }: CatalogueAction, pattern: string): string {
  const type = resources.find(({ required }) => required) ?? resources[0]
  if (pattern === '*' && !type) return pattern
  const open = pattern === '*' ? type!.arn.replaceAll(/\$\{[^}]+\}/g, '*') : pattern
  const [arn, partition, service, region, account, ...rest] = open.split(',')[0]!.split(':')
  const filled = (part: string | undefined, value: string) => (part === '*' ? value : (part ?? ''))
  const head = [arn, filled(partition, bundle.partition), service, filled(region, bundle.region)]
  return [...head, filled(account, bundle.account), rest.join(':').replaceAll(/\?\*|[*?]/g, 'x')].join(':')
}
