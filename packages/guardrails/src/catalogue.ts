import type { Control, ControlSummary, Place } from './control.ts'
import { costs } from './controls/cost-1-limits.ts'
import { tags } from './controls/cost-2-tags.ts'
import { idle } from './controls/cost-3-idle.ts'
import { quotas } from './controls/cost-4-quotas.ts'
import { keys } from './controls/dat-1-keys.ts'
import { channels } from './controls/dat-2-channels.ts'
import { sharing } from './controls/dat-3-sharing.ts'
import { agreedBuckets } from './controls/dat-4-agreed-buckets.ts'
import { accountOnly } from './controls/dat-5-account-only.ts'
import { platformBlind } from './controls/dat-6-platform-blind.ts'
import { privateLinks } from './controls/dat-7-private-links.ts'
import { organizationOnly } from './controls/dat-8-organization-only.ts'
import { approval } from './controls/dep-1-approval.ts'
import { endpoints } from './controls/dep-2-endpoints.ts'
import { approvedModels } from './controls/dep-3-approved-models.ts'
import { secrets } from './controls/dep-4-secrets.ts'
import { bounded } from './controls/idn-1-roles.ts'
import { ownWork } from './controls/idn-2-own-work.ts'
import { federated } from './controls/idn-3-federated.ts'
import { region } from './controls/idn-4-region.ts'
import { fullAccess } from './controls/idn-5-full-access.ts'
import { trust } from './controls/idn-6-trust.ts'
import { managedResources } from './controls/imm-1-managed-resources.ts'
import { roles } from './controls/imm-2-roles.ts'
import { byName } from './controls/imm-3-by-name.ts'
import { unscoped } from './controls/imm-4-unscoped.ts'
import { key } from './controls/imm-5-key.ts'
import { runningWork } from './controls/imm-6-running-work.ts'
import { signIn } from './controls/imm-7-sign-in.ts'
import { people } from './controls/iso-1-people.ts'
import { ownThings } from './controls/iso-2-own-things.ts'
import { watchers } from './controls/log-1-watchers.ts'
import { subnets } from './controls/net-1-subnets.ts'
import { securityGroups } from './controls/net-2-security-groups.ts'
import { noInternet } from './controls/net-3-no-internet.ts'
import { ungovernable } from './controls/net-4-ungovernable.ts'
import { machines } from './controls/net-5-machines.ts'
import { isolation } from './controls/net-6-isolation.ts'
import { betweenContainers } from './controls/net-7-between-containers.ts'
import { approvedNetworks } from './controls/net-8-approved-networks.ts'
import { proxy } from './controls/net-9-proxy.ts'
import { membership } from './controls/org-1-membership.ts'
import type { AccountParams, ProjectParams } from './params.ts'

/** Every control there is, in the order in which a data owner reads them. */
export const catalogue: readonly Control[] = [
  bounded,
  ownWork,
  federated,
  region,
  fullAccess,
  trust,
  managedResources,
  roles,
  byName,
  unscoped,
  key,
  runningWork,
  signIn,
  membership,
  subnets,
  securityGroups,
  noInternet,
  ungovernable,
  machines,
  isolation,
  betweenContainers,
  approvedNetworks,
  proxy,
  keys,
  channels,
  sharing,
  agreedBuckets,
  accountOnly,
  platformBlind,
  privateLinks,
  organizationOnly,
  people,
  ownThings,
  approval,
  endpoints,
  approvedModels,
  secrets,
  costs,
  tags,
  idle,
  quotas,
  watchers,
]

export const controlById = (id: string): Control | undefined => catalogue.find((control) => control.id === id)

/** The control that a statement belongs to, by its Sid; undefined for a Sid that is none of ours. */
export function controlOfSid(sid: string): Control | undefined {
  const [, letters, number] = /^([A-Z]{3,4})(\d+)[A-Z][A-Za-z0-9]*$/.exec(sid) ?? []
  return controlById(`${letters}-${number}`)
}

/** Statements of all controls for one document. */
export const statementsFor = (place: Place, params: AccountParams | ProjectParams) =>
  catalogue.flatMap((control) =>
    control
      .statements(params)
      .filter((placed) => placed.place === place)
      .map((placed) => placed.statement),
  )

/** The controls whose statements occur in the given documents. */
export function controlsIn(policies: Readonly<Record<string, string>>): ControlSummary[] {
  const sids = Object.values(policies).flatMap((text) =>
    [...text.matchAll(/"Sid":"([^"]+)"/g)].map((match) => match[1]!),
  )
  return catalogue
    .map(({ statements: _, invariants: __, ...control }) => ({
      ...control,
      sids: [...new Set(sids.filter((sid) => controlOfSid(sid)?.id === control.id))].sort(),
    }))
    .filter((control) => control.sids.length > 0)
}
