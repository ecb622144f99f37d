import type { CorrelationSearch } from './search.ts'
import { searchesOfControl } from './searches-of-control.ts'
import { searchesOfData } from './searches-of-data.ts'

export const correlationSearches: readonly CorrelationSearch[] = [...searchesOfControl, ...searchesOfData]

/** What a Splunk administrator fits to the own installation. */
export interface SplunkPlace {
  /** Index that CloudTrail goes to. */
  index: string
  /** Accounts to look at; none means every account of the index. */
  accounts: readonly string[]
}

/** Splunk Enterprise Security's scale (Splunk documentation, "alert.severity"). */
const severities = { low: 2, medium: 3, high: 4, critical: 5 } as const

/** As the app is shipped: any index, every account. */
export const anywhere: SplunkPlace = { index: '*', accounts: [] }

const header = '# Written by packages/guardrails/scripts/write-splunk.ts from the guardrails; change it there.\n'

/** A Splunk app by file name: the searches, and the two macros by which they find their events. */
export const splunkApp = (place: SplunkPlace): Record<string, string> => ({
  'default/app.conf': `${header}
[ui]
is_visible = false
label = United AI Studio guardrails

[launcher]
description = Correlation searches that back the guardrails of United AI Studio
version = 1.0.0
`,
  'default/macros.conf': `${header}${macros(place)}`,
  'default/savedsearches.conf': `${header}${correlationSearches.map(stanza).join('')}`,
})

function macros({ index, accounts }: SplunkPlace): string {
  const only = accounts.length > 0 ? ` recipientAccountId IN (${accounts.join(', ')})` : ''
  return `
# All of CloudTrail in the watched accounts.
[uais_cloudtrail]
definition = index=${index} sourcetype=aws:cloudtrail${only}

# The same without the platform's own roles, SageMaker's own and service-linked roles.
[uais_others]
definition = \`uais_cloudtrail\` NOT userIdentity.type=AWSService NOT userIdentity.sessionContext.sessionIssuer.arn IN ("*:role/uais/uais-*", "*:role/aws-service-role/*")
`
}

/** Splunk reads a stanza line by line, so a search is one line (Splunk documentation, "savedsearches.conf"). */
function stanza({ name, title, search, everyMinutes, severity, backs }: CorrelationSearch): string {
  const minutes = everyMinutes === 60 ? '7' : `*/${everyMinutes}`
  return `
[${name}]
description = ${title}. Backs ${backs.join(', ')}.
search = ${search}
enableSched = 1
cron_schedule = ${minutes} * * * *
dispatch.earliest_time = -${everyMinutes + 15}m@m
dispatch.latest_time = -15m@m
counttype = number of events
relation = greater than
quantity = 0
alert.track = 1
alert.severity = ${severities[severity]}
alert.suppress = 0
`
}
