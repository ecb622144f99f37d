import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import type { ProofRequest } from '@uais/iam'
import { nameOf, pathOf } from './principals.ts'
import { type Call, type Client, contextOf, type Parameters, type Scene } from './scene.ts'
import type { ClientConfig } from './sign-in.ts'
import { document, everything } from './statements.ts'

const all = JSON.stringify(document([everything]))

/** Lets in whoever takes the role afterwards; where nobody does, the caller. */
function trust({ principal, resource }: ProofRequest, { later }: Scene): string {
  const takes = later.find((one) => one.action === 'sts:AssumeRole' && one.resource === resource)
  const Principal = { AWS: takes?.principal ?? principal }
  return JSON.stringify(document([{ Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }]))
}

/** One row: the command of the SDK, and its parameters but for the name of the role or user. */
function call<Command>(make: new (input: never) => Command, parameters: Parameters = () => ({})): Call {
  return (config: ClientConfig, request, scene) => {
    const [kind] = (request.resource.split(':')[5] ?? '').split('/')
    const name = nameOf(request.resource)
    const named = kind === 'user' ? { UserName: name } : kind === 'role' ? { RoleName: name } : {}
    const client = new iam.IAMClient(config) as unknown as Client
    return client.send(new make({ ...named, ...parameters(request, scene) } as never))
  }
}

const version: Parameters = ({ resource }) => ({ PolicyArn: resource })
const attached: Parameters = (request) => ({ PolicyArn: contextOf(request, 'iam:PolicyARN') })
const inline: Parameters = () => ({ PolicyName: 'all', PolicyDocument: all })
const tagged = (request: ProofRequest) =>
  Object.entries(request.context).flatMap(([key, Value]) =>
    key.startsWith('aws:RequestTag/') ? [{ Key: key.slice('aws:RequestTag/'.length), Value: String(Value) }] : [],
  )
const limit: Parameters = (request) => {
  const PermissionsBoundary = contextOf(request, 'iam:PermissionsBoundary')
  return { Path: pathOf(request.resource), ...(PermissionsBoundary ? { PermissionsBoundary } : {}) }
}

export const iamCommands: Record<string, Call> = {
  'iam:AttachRolePolicy': call(iam.AttachRolePolicyCommand, attached),
  'iam:AttachUserPolicy': call(iam.AttachUserPolicyCommand, attached),
  'iam:CreateAccessKey': call(iam.CreateAccessKeyCommand),
  'iam:CreatePolicyVersion': call(iam.CreatePolicyVersionCommand, (request, scene) => ({
    ...version(request, scene),
    ...{ PolicyDocument: all, SetAsDefault: true },
  })),
  'iam:CreateRole': call(iam.CreateRoleCommand, (request, scene) => ({
    ...limit(request, scene),
    AssumeRolePolicyDocument: trust(request, scene),
  })),
  'iam:CreateUser': call(iam.CreateUserCommand, limit),
  'iam:DeleteRole': call(iam.DeleteRoleCommand),
  'iam:DeleteRolePermissionsBoundary': call(iam.DeleteRolePermissionsBoundaryCommand),
  'iam:DeleteRolePolicy': call(iam.DeleteRolePolicyCommand, () => ({ PolicyName: 'own' })),
  'iam:DetachRolePolicy': call(iam.DetachRolePolicyCommand, attached),
  'iam:PutRolePolicy': call(iam.PutRolePolicyCommand, inline),
  'iam:PutUserPolicy': call(iam.PutUserPolicyCommand, inline),
  'iam:SetDefaultPolicyVersion': call(iam.SetDefaultPolicyVersionCommand, (request, scene) => ({
    ...version(request, scene),
    VersionId: 'v1',
  })),
  'iam:TagRole': call(iam.TagRoleCommand, (request) => ({ Tags: tagged(request) })),
  'iam:UntagRole': call(iam.UntagRoleCommand, ({ context }) => ({ TagKeys: [context['aws:TagKeys']].flat() })),
  'iam:UpdateAssumeRolePolicy': call(iam.UpdateAssumeRolePolicyCommand, (_request, scene) => ({
    PolicyDocument: trust(_request, scene),
  })),
  'sts:AssumeRole': (config, request) => {
    const ExternalId = contextOf(request, 'sts:ExternalId')
    // STS takes source identities of two characters and more; the witness of "any" has one.
    const SourceIdentity = contextOf(request, 'sts:SourceIdentity')?.padEnd(2, 'x')
    const optional = { ...(ExternalId ? { ExternalId } : {}), ...(SourceIdentity ? { SourceIdentity } : {}) }
    const input = { RoleArn: request.resource, RoleSessionName: 'replay', ...optional }
    return new sts.STSClient(config).send(new sts.AssumeRoleCommand(input))
  },
  // No call of its own: STS asks for it in the AssumeRole that follows, which carries the source identity.
  'sts:SetSourceIdentity': () => Promise.resolve({}),
}
