import type { PolicyStatement } from '@uais/iam'
import type { AccountParams } from '../params.ts'

/**
 * SageMaker may assume the role, for this account only. SetSourceIdentity is needed wherever a domain records who
 * its people are (Amazon SageMaker AI Developer Guide, "Monitor user resource access from Studio").
 */
export const trustSageMaker = (params: AccountParams): PolicyStatement => ({
  Sid: 'IDN6OnlySageMakerOfThisAccount',
  Effect: 'Allow',
  Principal: { Service: 'sagemaker.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
  Condition: { StringEquals: { 'aws:SourceAccount': params.awsAccountId } },
})

/**
 * One exact role of the platform may enter, with the external id that only the platform gives out, and saying for
 * which run or person it comes (IAM User Guide, "The confused deputy problem"; "Monitor and control actions taken
 * with assumed roles").
 */
export function trustPlatform(principal: string, externalId: string): PolicyStatement[] {
  // The id of a run or the Entra object id of a person, each 36 characters; or one of the platform's own watches,
  // which belong to neither (`uais-probe`, `uais-events`, `uais-model-sweep`).
  const known = { 'sts:SourceIdentity': ['????????-????-????-????-????????????', 'uais-*'] }
  const who = { Effect: 'Allow', Principal: { AWS: principal } } as const
  return [
    {
      Sid: 'IDN6OnlyOnePlatformRole',
      ...who,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId }, StringLike: known },
    },
    // AWS asks this one by itself, without the external id (Service Authorization Reference, "AWS STS").
    { Sid: 'IDN6OnlyWithAName', ...who, Action: 'sts:SetSourceIdentity', Condition: { StringLike: known } },
  ]
}

/** A service may assume the role, for this account and on behalf of these resources only; see `trustPlatform`. */
export const trustService = (
  Sid: string,
  { service, account, onBehalfOf }: { service: string; account: string; onBehalfOf: string },
): PolicyStatement => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sts:AssumeRole',
  Condition: { ArnLike: { 'aws:SourceArn': onBehalfOf }, StringEquals: { 'aws:SourceAccount': account } },
})
