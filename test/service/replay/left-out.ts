import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2'
import * as iam from '@aws-sdk/client-iam'
import type { ClientConfig } from './sign-in.ts'
import { account, roleArn } from './statements.ts'

/** A case whose requests cannot be sent, and why. The prover's own tests decide it all the same. */
interface LeftOut {
  why: string
  /** The request of the counterexample that the sandbox does not take. Absent: there is no counterexample. */
  action?: string
}

const saml = 'The sandbox has no SAML: there is no provider to change, and no assertion to come in with.'
const oidc = 'The sandbox changes no OpenID Connect provider: it makes, reads and deletes them.'
const password = 'The sandbox has no console: a password opens nothing.'
const lambda = 'The sandbox runs no Lambda functions.'

export const leftOut: Record<string, LeftOut> = {
  'what must stay possible is not, and the statement is named': {
    why: 'It is disproved by a request that is refused; there is none that is allowed and should not be.',
  },
  'a provider that the role trusts, by iam:UpdateSAMLProvider': { action: 'iam:UpdateSAMLProvider', why: saml },
  'a provider that the role trusts and that is not there is made': { action: 'iam:CreateSAMLProvider', why: saml },
  'a provider that the role trusts, by iam:AddClientIDToOpenIDConnectProvider': {
    action: 'iam:AddClientIDToOpenIDConnectProvider',
    why: oidc,
  },
  'a provider that the role trusts, by iam:UpdateOpenIDConnectProviderThumbprint': {
    action: 'iam:UpdateOpenIDConnectProviderThumbprint',
    why: oidc,
  },
  'a user, by iam:CreateLoginProfile': { action: 'iam:CreateLoginProfile', why: password },
  'a user, by iam:UpdateLoginProfile': { action: 'iam:UpdateLoginProfile', why: password },
  'a user joins a group that it makes': { action: 'iam:CreateGroup', why: 'The sandbox has no groups.' },
  'a Lambda function runs as the role': { action: 'lambda:CreateFunction', why: lambda },
  'two roles that trust one service are both passed': { action: 'lambda:CreateFunction', why: lambda },
  "a trust policy that asks which account the service acts for lets in this account's compute": {
    action: 'lambda:CreateFunction',
    why: lambda,
  },
  'a function that has the role already takes new code': { action: 'lambda:UpdateFunctionCode', why: lambda },
  'who launches an instance needs more than the instance': {
    action: 'ec2:RunInstances',
    why: 'The sandbox has no instances: networks carry no packets.',
  },
}

const provider = `arn:aws:iam::${account}:oidc-provider/id.example.com`
const samlProvider = `arn:aws:iam::${account}:saml-provider/Corp`
const metadata = { SAMLMetadataDocument: '<EntityDescriptor/>'.padEnd(1000) }
const login = { UserName: 'owner', Password: 'not used anywhere' }
const inIam = (config: ClientConfig) => new iam.IAMClient(config)

/** Asks the sandbox for what it lacks: the day that it answers, the case is to be replayed. */
export const lacking: Record<string, (config: ClientConfig) => Promise<unknown>> = {
  'ec2:RunInstances': (config) =>
    new EC2Client(config).send(
      new RunInstancesCommand({ MinCount: 1, MaxCount: 1, IamInstanceProfile: { Arn: roleArn('uais/worker') } }),
    ),
  'iam:AddClientIDToOpenIDConnectProvider': (config) =>
    inIam(config).send(
      new iam.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider, ClientID: 'mine' }),
    ),
  'iam:CreateGroup': (config) => inIam(config).send(new iam.CreateGroupCommand({ GroupName: 'mine' })),
  'iam:CreateLoginProfile': (config) => inIam(config).send(new iam.CreateLoginProfileCommand(login)),
  'iam:CreateSAMLProvider': (config) =>
    inIam(config).send(new iam.CreateSAMLProviderCommand({ Name: 'Corp', ...metadata })),
  'iam:UpdateLoginProfile': (config) => inIam(config).send(new iam.UpdateLoginProfileCommand(login)),
  'iam:UpdateOpenIDConnectProviderThumbprint': (config) =>
    inIam(config).send(
      new iam.UpdateOpenIDConnectProviderThumbprintCommand({
        OpenIDConnectProviderArn: provider,
        ThumbprintList: ['a'.repeat(40)],
      }),
    ),
  'iam:UpdateSAMLProvider': (config) =>
    inIam(config).send(new iam.UpdateSAMLProviderCommand({ SAMLProviderArn: samlProvider, ...metadata })),
}
