import type { Control, ControlSummary, Place } from './control.ts'
import { costs } from './controls/cost-1-limits.ts'
import { keys } from './controls/dat-1-keys.ts'
import { channels } from './controls/dat-2-channels.ts'
import { sharing } from './controls/dat-3-sharing.ts'
import { approval } from './controls/dep-1-approval.ts'
import { endpoints } from './controls/dep-2-endpoints.ts'
import { approvedModels } from './controls/dep-3-approved-models.ts'
import { bounded } from './controls/idn-1-roles.ts'
import { managedResources } from './controls/imm-1-managed-resources.ts'
import { roles } from './controls/imm-2-roles.ts'
import { byName } from './controls/imm-3-by-name.ts'
import { people } from './controls/iso-1-people.ts'
import { watchers } from './controls/log-1-watchers.ts'
import { subnets } from './controls/net-1-subnets.ts'
import { securityGroups } from './controls/net-2-security-groups.ts'
import { noInternet } from './controls/net-3-no-internet.ts'
import { ungovernable } from './controls/net-4-ungovernable.ts'
import { membership } from './controls/org-1-membership.ts'
import type { AccountParams, ProjectParams } from './params.ts'

/** Every control there is, in the order in which a data owner reads them. */
export const catalogue: readonly Control[] = [
  bounded,
  managedResources,
  roles,
  byName,
  membership,
  subnets,
  securityGroups,
  noInternet,
  ungovernable,
  keys,
  channels,
  sharing,
  people,
  approval,
  endpoints,
  approvedModels,
  costs,
  watchers,
]

/** The control that a statement belongs to, by its Sid; undefined for a Sid that is none of ours. */
export function controlOfSid(sid: string): Control | undefined {
  const [, letters, number] = /^([A-Z]{3,4})(\d+)[A-Z][A-Za-z0-9]*$/.exec(sid) ?? []
  return catalogue.find((control) => control.id === `${letters}-${number}`)
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
