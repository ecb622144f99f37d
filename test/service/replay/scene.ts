import type { ProofRequest } from '@uais/iam'
import type { Network } from './resources.ts'
import type { ClientConfig } from './sign-in.ts'

/** Where a request is sent: what stands around it, and what comes after it. */
export interface Scene {
  network: Network
  later: readonly ProofRequest[]
  /** Condition keys that the question wants absent. */
  without: readonly string[]
}

/** How an abstract request is sent by the SDK: its resource becomes the name, its context the parameters. */
export type Call = (config: ClientConfig, request: ProofRequest, scene: Scene) => Promise<unknown>

/** A value of the request's context; keys are case-insensitive. */
export function contextOf({ context }: ProofRequest, key: string): string | undefined {
  const found = Object.entries(context).find(([given]) => given.toLowerCase() === key.toLowerCase())
  return found && String(found[1])
}

/** How a command's parameters are read off a request. */
export type Parameters = (request: ProofRequest, scene: Scene) => object

/** Any client of the SDK: what it is sent is said by the row. */
export interface Client {
  send(command: unknown): Promise<unknown>
}

/** Condition keys that get over the wire: as parameters, as the sender's session, or as the state of what was built. */
const carried =
  /^(s3:(prefix|x-amz-server-side-encryption)|sts:(ExternalId|SourceIdentity)|iam:(PolicyARN|PermissionsBoundary)|aws:TagKeys|sagemaker:(MaxRuntimeInSeconds|VpcSecurityGroupIds|VpcSubnets)|aws:(PrincipalTag|RequestTag)\/.+|(aws|iam):ResourceTag\/.+)$/i

/** @throws where the context names a key, or the network an address, with which the request cannot be sent */
export function checkCarried({ action, context }: ProofRequest): void {
  for (const [key, value] of Object.entries(context))
    if (!carried.test(key) && !(key === 'aws:SourceIp' && value === '127.0.0.1'))
      throw new Error(`replaying ${action}: ${key} = ${value} does not get over the wire`)
}
