import type { PolicyStatement } from '@uais/iam'
import { trustPlatform } from '../documents/trust.ts'
import { apiRoleArn, type BootstrapRole, workerRoleArn } from '../names.ts'
import type { BootstrapParams } from '../params.ts'
import { auditPolicy } from './audit.ts'
import { mintPolicy } from './mint.ts'
import { provisionPolicies } from './provision.ts'
import { teardownPolicy } from './teardown.ts'

/** One role of the bootstrap: who may enter, what it holds, and what that means in the owner's words. */
export interface RoleDefinition {
  name: BootstrapRole
  purpose: string
  trustedPrincipal: string
  trust: PolicyStatement[]
  /** Inline policies by name. */
  policies: Record<string, PolicyStatement[]>
  /** Whether the shared policy `uais-read` is attached. */
  reads: boolean
  may: string[]
  mayNot: string[]
}

const neverReads = 'read, copy or decrypt your data with its own rights'
const neverRights = 'give itself or anyone rights beyond the boundary that you hold'

/** The four roles of an account, narrow on purpose: no one of them can both build and read. */
export function bootstrapRoles(p: BootstrapParams): RoleDefinition[] {
  const worker = workerRoleArn(p)
  const api = apiRoleArn(p)
  const { platform, work } = provisionPolicies(p)
  return [
    {
      name: 'uais-provision',
      purpose: 'Builds and changes what you agreed to: network, key, Studio, roles, endpoints.',
      trustedPrincipal: worker,
      trust: trustPlatform(worker, p.externalId),
      policies: { 'uais-provision-platform': platform, 'uais-provision-work': work },
      reads: true,
      may: [
        'create and change things that carry the tag ManagedBy=UAIS, or the names and the path kept for UAIS',
        'create roles below /uais/projects/ and /uais/service/, each with your boundary',
        'mark a model version as approved or rejected, after its review',
        "end a member's apps and jobs",
      ],
      mayNot: [
        neverReads,
        neverRights,
        'change or switch off your key, or change who may use it',
        'delete buckets, the key, the trail or the domain',
        'touch what it did not make',
      ],
    },
    {
      name: 'uais-mint',
      purpose: "Opens a member's own Studio, and lets a member's browser upload files into your bucket.",
      trustedPrincipal: api,
      trust: trustPlatform(api, p.externalId),
      policies: { 'uais-mint': mintPolicy(p) },
      reads: false,
      may: [
        "create a short-lived link to a member's own Studio",
        'permit one upload into a data source',
        'list uploads',
      ],
      mayNot: [neverReads, 'create, change or delete anything', 'read an uploaded file back'],
    },
    {
      name: 'uais-audit',
      purpose: 'Looks at the state of things, and at what happened.',
      trustedPrincipal: worker,
      trust: trustPlatform(worker, p.externalId),
      policies: { 'uais-audit': auditPolicy(p) },
      reads: true,
      may: [
        'read settings, events, the trail and the logs of jobs',
        'read which roles and users there are and what their policies say, to prove who may do what',
        'read model artifacts, to compute the digest that a review is bound to',
      ],
      mayNot: ['change anything', 'read or decrypt any data but model artifacts'],
    },
    {
      name: 'uais-teardown',
      purpose: 'Removes what UAIS built, when you end a project or leave.',
      trustedPrincipal: worker,
      trust: trustPlatform(worker, p.externalId),
      policies: { 'uais-teardown': teardownPolicy(p) },
      reads: true,
      may: [
        'delete things that carry the tag ManagedBy=UAIS, or the names and the path kept for UAIS',
        'empty the UAIS buckets, where you said so',
        'schedule the deletion of the key, which you can take back for at least seven days',
      ],
      mayNot: ['create anything', neverReads, 'delete records of a trail that is locked in compliance mode'],
    },
  ]
}
