import type { PolicyStatement } from '@uais/iam'
import { trustService } from '../documents/trust.ts'
import { apiDestinationArns, eventRulesArn, splunkName, splunkRoleArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { splunkForwarding } from '../splunk/forwarding.ts'
import { allow } from '../statement.ts'
import { block, hcl } from './hcl.ts'

const service = 'events.amazonaws.com'

/** By it EventBridge sends events to Splunk. It is not on the path of UAIS: no role there may be handed to EventBridge (IMM-2). */
export const splunkRole = (p: AccountParams) => ({
  name: splunkName,
  path: '/service-role/',
  purpose: 'Lets EventBridge send the events of UAIS to your Splunk.',
  trustedPrincipal: service,
  trust: [
    trustService('IDN6OnlyEventBridgeOfThisAccount', {
      ...{ service, account: p.awsAccountId },
      onBehalfOf: eventRulesArn(p),
    }),
  ],
  policies: {
    [splunkName]: [allow('CallSplunk', { Action: 'events:InvokeApiDestination', Resource: apiDestinationArns(p) })],
  },
  reads: false,
  may: ['send events to the address of Splunk that you agreed to'],
  mayNot: ['be entered by a person or by the platform', 'send anything anywhere else'],
})

/**
 * The connection, with the token from the owner's secret. The owner makes it, so that the platform needs no right to the
 * secret, and its state of the account holds no token; the state of the owner's own file does.
 */
export function splunkConnection(p: AccountParams): string {
  const forwarding = splunkForwarding(p)
  if (!forwarding) return ''
  const { name, authorizationType, header } = forwarding.connection
  const secret = block('data "aws_secretsmanager_secret_version" "splunk"', { secret_id: hcl(header.secret) })
  return `# Your Splunk's token, read from your secret by you. It stands in the state of this file: keep that as you keep the secret.
${secret}
resource "aws_cloudwatch_event_connection" "splunk" {
  authorization_type = ${hcl(authorizationType)}
  name               = ${hcl(name)}

  auth_parameters {
    api_key {
      key   = ${hcl(header.name)}
      value = "${header.valuePrefix}\${data.aws_secretsmanager_secret_version.splunk.secret_string}"
    }
  }
}
`
}

/** Pointing at the address, and giving EventBridge the role; the connection itself stays the owner's. */
export const keepForwarding = (p: AccountParams): PolicyStatement[] =>
  p.splunk
    ? [
        allow('KeepForwarding', {
          Action: ['events:CreateApiDestination', 'events:UpdateApiDestination'],
          Resource: apiDestinationArns(p),
        }),
        allow('PassToEventBridge', {
          Action: 'iam:PassRole',
          Resource: splunkRoleArn(p),
          Condition: { StringEquals: { 'iam:PassedToService': service } },
        }),
      ]
    : []
