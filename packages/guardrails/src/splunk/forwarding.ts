import { splunkName, splunkRoleArn } from '../names.ts'
import type { AccountParams } from '../params.ts'

/** How events reach Splunk's HTTP event collector from EventBridge, as its APIs take it. */
export interface SplunkForwarding {
  connection: {
    name: string
    authorizationType: 'API_KEY'
    /** HEC takes `Authorization: Splunk <token>`; the token stays in the named secret. */
    header: { name: 'Authorization'; valuePrefix: 'Splunk '; secret: string }
  }
  destination: { name: string; endpoint: string; method: 'POST'; requestsPerSecond: number }
  /** HEC's envelope around the event (Splunk documentation, "Format events for HTTP Event Collector"). */
  template: string
  /** Where the template's `<detail>` stands in an event. */
  inputPaths: { detail: '$.detail' }
  /** By which EventBridge sends; from the owner's bootstrap. */
  roleArn: string
}

/**
 * EventBridge sends from AWS's own network: the collector must be reachable there, by TLS. The whole trail goes by the
 * Splunk Add-on for AWS instead, which reads the trail's bucket; see the app's macros.
 * @throws when the collector is not reached by TLS
 */
export function splunkForwarding(params: AccountParams): SplunkForwarding | undefined {
  if (!params.splunk) return undefined
  const { url, index, secret } = params.splunk
  if (!url.startsWith('https://'))
    throw new Error(`compiling the forwarding to Splunk: ${url} is not reached by TLS; name an https address`)
  return {
    connection: {
      name: splunkName,
      authorizationType: 'API_KEY',
      header: { name: 'Authorization', valuePrefix: 'Splunk ', secret },
    },
    destination: {
      name: splunkName,
      endpoint: `${url.replace(/\/$/, '')}/services/collector/event`,
      method: 'POST',
      requestsPerSecond: 50,
    },
    template: JSON.stringify({ index, sourcetype: 'aws:cloudtrail', source: 'uais', event: '<detail>' }).replace(
      '"<detail>"',
      '<detail>',
    ),
    inputPaths: { detail: '$.detail' },
    roleArn: splunkRoleArn(params),
  }
}

/** The forwarding as the stack `account` takes it; null without one. */
export const splunkVariable = (forwarding: SplunkForwarding | undefined) =>
  forwarding
    ? {
        connection_name: forwarding.connection.name,
        endpoint: forwarding.destination.endpoint,
        input_paths: forwarding.inputPaths,
        name: forwarding.destination.name,
        requests_per_second: forwarding.destination.requestsPerSecond,
        role_arn: forwarding.roleArn,
        template: forwarding.template,
      }
    : null
