import { z } from 'zod'
import { bucketName } from './text.ts'

/** An empty list would mean nothing, or everything: what is not meant is left out. */
const some = <Item extends z.ZodType<string>>(item: Item, most: number) =>
  z
    .array(item)
    .min(1, 'name one at least, or leave it out')
    .max(most, `${most} at most`)
    .refine((items) => new Set(items).size === items.length, 'one is named twice')

const instanceTypes = some(
  z.string().regex(/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/, 'a SageMaker instance type such as ml.m5.large'),
  100,
)
const longestJob = 28 * 24 * 3600
const jobTime = 'a minute to 28 days'
const port = 'a port, 1 to 65535'
const vpcId = z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'a VPC id such as vpc-0a1b2c3d4e5f60718')
const range = z.union([z.cidrv4(), z.cidrv6()], { error: 'an address range such as 192.0.2.0/24' })

/**
 * What an owner may agree to beyond the guardrail profile. Each part is optional; what is left out stays as the profile
 * has it. The names are those of the guardrails' account specification.
 */
export const accountRules = z.object({
  /** Instance types that may be used at all; `instanceTypes` narrows them for one purpose. */
  approvedInstanceTypes: instanceTypes.optional(),
  instanceTypes: z
    .object({
      studio: instanceTypes.optional(),
      jobs: instanceTypes.optional(),
      endpoints: instanceTypes.optional(),
    })
    .optional(),
  /** Longest run of one job: a minute to 28 days, which is the longest that SageMaker takes. */
  maxRuntimeSeconds: z.int(jobTime).min(60, jobTime).max(longestJob, jobTime).optional(),
  /** Keys of tags that everybody must give what costs by the hour. */
  requiredTags: some(
    z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/i, "a tag's key: letters, digits and _ . : / = + @ -"),
    10,
  ).optional(),
  /** Buckets that may become data sources. Left out: any of the account. */
  approvedBuckets: some(bucketName, 50).optional(),
  /** Where people and callers of endpoints come from: one of the ranges, or an endpoint of one of the VPCs. */
  approvedNetworks: z
    .object({ cidrs: some(range, 50).optional(), vpcIds: some(vpcId, 20).optional() })
    .refine(({ cidrs, vpcIds }) => cidrs || vpcIds, 'name an address range or a VPC, or leave it out')
    .optional(),
  /** The owner's inspecting proxy: the only way out of the network, where there is one. */
  egressProxy: z
    .object({
      cidr: z.cidrv4('an address range such as 10.60.15.0/28'),
      port: z.int(port).min(1, port).max(65_535, port),
    })
    .optional(),
  /** Endpoint services that private links are laid to, besides AWS's own. */
  privateLinkServices: some(
    z
      .string()
      .regex(
        /^com\.amazonaws\.[\w.-]{1,200}$/,
        'an endpoint service such as com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
      ),
    20,
  ).optional(),
  /** AWS Config rules that look at what UAIS makes. They need a recorder of the owner's, which costs money. */
  config: z.boolean().optional(),
  /** Who hears that the month's budget is spent, upon which AWS refuses new work; needs an organization. */
  budgetStop: z.object({ emails: some(z.email('an e-mail address such as owner@example.com'), 10) }).optional(),
  /** Where events go besides the platform: Splunk's HTTP event collector, its token in the owner's secret. */
  splunk: z
    .object({
      url: z
        .string()
        .max(500)
        .regex(
          /^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\w./-]*)?$/i,
          'an https address such as https://splunk.example.com:8088',
        ),
      index: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'the name of an index: lower-case letters, digits, _ and -'),
      secret: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'the name of a secret in AWS Secrets Manager'),
    })
    .optional(),
})
export type AccountRules = z.infer<typeof accountRules>
