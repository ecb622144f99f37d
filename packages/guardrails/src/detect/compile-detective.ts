import type { AccountParams } from '../params.ts'
import { correlationSearches, splunkApp } from '../splunk/app.ts'
import { type SplunkForwarding, splunkForwarding } from '../splunk/forwarding.ts'
import { configRules } from './config-rules.ts'
import type { Detection } from './detection.ts'
import { detectors } from './detectors.ts'
import { eventRules } from './event-rules.ts'
import { securityHubControls } from './security-hub.ts'

/** What watches one account: documents for the stack `account`, and names for the owner to switch on. */
export interface Detective {
  /** EventBridge rules by name, patterns as text. */
  eventRules: Record<string, { description: string; pattern: string }>
  /** Config rules by name; none where the account's owner did not ask for those. */
  configRules: Record<string, { description: string; identifier: string; parameters: Record<string, string> }>
  securityHub: readonly string[]
  /** Features of GuardDuty, kinds of analyzer, ... by service. */
  detectors: Record<string, string[]>
  splunk: { app: Record<string, string>; forwarding?: SplunkForwarding }
}

/** Everything that finds afterwards what a control should have prevented. */
export const detections: readonly Detection[] = [
  ...eventRules,
  ...configRules,
  ...securityHubControls,
  ...detectors,
  ...correlationSearches.map(({ name, title, backs }) => ({ source: 'Splunk' as const, name, finds: title, backs })),
]

/** What finds a breach of the control afterwards. */
export const backupsOf = (control: string): readonly Detection[] =>
  detections.filter(({ backs }) => backs.includes(control))

export function compileDetective(params: AccountParams): Detective {
  const subnetIds = params.network?.subnetIds
  const forwarding = splunkForwarding(params)
  return {
    eventRules: Object.fromEntries(
      eventRules.map(({ name, description, pattern }) => [name, { description, pattern: JSON.stringify(pattern) }]),
    ),
    configRules: params.config ? Object.fromEntries(configRules.map((rule) => ruleOf(rule, subnetIds ?? []))) : {},
    securityHub: securityHubControls.map(({ name }) => name),
    detectors: Object.fromEntries(
      [...new Set(detectors.map(({ source }) => source))].map((source) => [
        source,
        detectors.filter((detector) => detector.source === source).map(({ name }) => name),
      ]),
    ),
    splunk: {
      app: splunkApp({ index: params.splunk?.index ?? '*', accounts: [params.awsAccountId] }),
      ...(forwarding ? { forwarding } : {}),
    },
  }
}

/** `SAGEMAKER_DOMAIN_IN_VPC` as `uais-sagemaker-domain-in-vpc`: the rules of UAIS are known by the prefix. */
function ruleOf(
  { name, finds, backs, parameters }: (typeof configRules)[number],
  subnetIds: readonly string[],
): [string, Detective['configRules'][string]] {
  return [
    `uais-${name.toLowerCase().replaceAll('_', '-')}`,
    {
      description: `Finds ${finds} (${backs.join(', ')})`,
      identifier: name,
      parameters: subnetIds.length > 0 ? (parameters?.({ subnetIds }) ?? {}) : {},
    },
  ]
}
