import { z } from 'zod'
import { accountRules } from './account-rules.ts'
import { resourceOf } from './resource.ts'
import { awsAccountId, awsRegion, kmsKeyArn, longText, roleArn, shortText, slug, uuid } from './text.ts'

const targetId = z
  .string()
  .regex(/^(r-|ou-|\d{12})[a-z0-9-]*$/, "an account id, an organizational unit 'ou-…' or a root 'r-…'")

/** A data owner's AWS account that UAIS works in. Becomes the stack `account` (and `organization` where there is one). */
export const accountSpec = z.object({
  awsAccountId,
  region: awsRegion,
  /** `iam`: the platform mints presigned Studio URLs; `sso`: Identity Center. Immutable, as SageMaker's AuthMode is. */
  mode: z.enum(['iam', 'sso']).default('iam'),
  /** Entra group whose members are the data owner here, by object id. */
  ownerGroup: uuid,
  /** With an organization the guardrails are SCPs; without one they are detect-and-repair only, and shown as that. */
  organization: z.object({ managementAccountId: awsAccountId, targetId }).nullable(),
  network: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('managed'), cidr: z.cidrv4().default('10.60.0.0/20') }),
    z.object({
      kind: z.literal('existing'),
      vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/),
      subnetIds: z
        .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/))
        .min(1)
        .max(6),
      securityGroupIds: z
        .array(z.string().regex(/^sg-[0-9a-f]{8,17}$/))
        .min(1)
        .max(5),
    }),
  ]),
  key: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('created') }),
    z.object({ kind: z.literal('existing'), keyArn: kmsKeyArn }),
  ]),
  guardrailProfile: z.enum(['standard', 'regulated']).default('regulated'),
  /** The principal that keeps the owner's levers: disable the key, deny the platform, end the trust. */
  breakGlassPrincipal: roleArn,
  /** Which plans wait for the owner: every change, or none but destructive ones. */
  approval: z.enum(['every-change', 'destructive-only']).default('destructive-only'),
  monthlyBudgetUsd: z.number().int().min(1).max(10_000_000).default(1000),
  dataUseTerms: longText().default(''),
  rules: accountRules.optional(),
})
export type AccountSpec = z.infer<typeof accountSpec>

export const accountOutputs = z.object({
  domainId: z.string().optional(),
  domainArn: z.string().optional(),
  vpcId: z.string().optional(),
  subnetIds: z.array(z.string()).optional(),
  securityGroupIds: z.array(z.string()).optional(),
  keyArn: z.string().optional(),
  trailArn: z.string().optional(),
  dataBucket: z.string().optional(),
  eventQueueUrl: z.string().optional(),
  boundaryArn: z.string().optional(),
})

export const accountSchema = resourceOf('Account', accountSpec, accountOutputs)
export type Account = z.infer<typeof accountSchema>

const { approval, dataUseTerms, monthlyBudgetUsd } = accountSpec.shape
/**
 * What the owner may decide anew: the rest says which account it is, or stands in what was built. `rules` is given whole; an
 * empty one ends all of them. Without defaults: what is left out stays.
 */
export const accountUpdate = z.object({
  generation: z.int(),
  spec: z
    .object({
      approval: approval.unwrap(),
      dataUseTerms: dataUseTerms.unwrap(),
      monthlyBudgetUsd: monthlyBudgetUsd.unwrap(),
      rules: accountRules,
    })
    .partial(),
})

export const accountCreate = z.object({ name: slug(), spec: accountSpec })

/** Roles to read and create in one account: plain Terraform, and each role in the owner's words. */
export const bootstrapFile = z.object({
  awsAccountId,
  fileName: z.string(),
  terraform: z.string(),
  roles: z.array(
    z.object({
      name: z.string(),
      arn: z.string(),
      purpose: z.string(),
      trustedPrincipal: z.string(),
      may: z.array(z.string()),
      mayNot: z.array(z.string()),
    }),
  ),
  commands: z.array(z.string()),
})
export type BootstrapFile = z.infer<typeof bootstrapFile>

/** What the owner reads and runs before anything else happens: four narrow roles, and one above where there is an organization. */
export const bootstrapSchema = bootstrapFile.extend({
  /** The role in the management account that attaches the guardrails. */
  organization: bootstrapFile.nullable(),
  /** Where the operator of this installation has a note for the person (e.g. the sandbox's one-line bootstrap). */
  note: shortText(500).nullable(),
})

/** One probe of an account: what was tried, whether it held, and what to do where it did not. */
export const probeSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['passed', 'failed', 'skipped']),
  message: z.string(),
})
