import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, projectRoleArn, sagemakerArn } from '../names.ts'
import type { AccountParams, InstancePurpose, ProjectParams } from '../params.ts'
import { deny, inPlaces, isProject } from '../statement.ts'
import { besidesRefused, haveInstanceTypes, haveMaxRuntime } from './actions.ts'

const forWork = ['ml.c5.2xlarge', 'ml.c5.xlarge', 'ml.m5.2xlarge', 'ml.m5.large', 'ml.m5.xlarge']
const standardTypes: Record<InstancePurpose, readonly string[]> = {
  studio: [...forWork, 'ml.t3.large', 'ml.t3.medium', 'ml.t3.xlarge'],
  jobs: forWork,
  endpoints: forWork,
}
const hours = 3600
/** What SageMaker takes where a job names no end (Amazon SageMaker API Reference, "StoppingCondition"). */
const defaultRuntime = 24 * hours

/** `system` is what Studio names the instance of its own default apps. */
export function approvedInstanceTypes(p: AccountParams, purpose: InstancePurpose): string[] {
  const types = p.instanceTypes?.[purpose] ?? p.approvedInstanceTypes ?? standardTypes[purpose]
  return [...new Set([...types, ...(purpose === 'studio' ? ['system'] : [])])].sort()
}
export const maxRuntimeSeconds = (p: AccountParams) =>
  p.maxRuntimeSeconds ?? (p.profile === 'regulated' ? 24 * hours : 72 * hours)

const purposes: readonly { purpose: InstancePurpose; Sid: string }[] = [
  { purpose: 'studio', Sid: 'COST1OnlyAgreedStudio' },
  { purpose: 'jobs', Sid: 'COST1OnlyAgreedJobs' },
  { purpose: 'endpoints', Sid: 'COST1OnlyAgreedEndpoints' },
]
const notAgreed = (p: AccountParams, purpose: InstancePurpose) => ({
  'ForAnyValue:StringNotEquals': { 'sagemaker:InstanceTypes': approvedInstanceTypes(p, purpose) },
})
/** A limit below the default must be kept by saying so: then a job without an end in sight is too long as well. */
const tooLong = (p: AccountParams) => {
  const operator = maxRuntimeSeconds(p) < defaultRuntime ? 'NumericGreaterThanIfExists' : 'NumericGreaterThan'
  return { [operator]: { 'sagemaker:MaxRuntimeInSeconds': String(maxRuntimeSeconds(p)) } }
}

export const costs: Control = {
  id: 'COST-1',
  title: 'Size and time of work are bounded',
  category: 'cost',
  words:
    'Studio, jobs and endpoints each use the instance types agreed for them only, and no job may run longer than agreed.',
  enforcedBy: ['scp', 'identity policy'],
  limits: [
    'Automatic machine learning and serverless endpoints choose their own instances: AWS gives no rule for them.',
    'What was spent is known hours later; the budget warns, and stops new work only where you agreed to that.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:InstanceTypes, sagemaker:MaxRuntimeInSeconds',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'studio'],
      ...purposes.map(({ purpose, Sid }) =>
        deny(Sid, {
          Action: besidesRefused(params.profile, haveInstanceTypes[purpose]),
          Resource: '*',
          Condition: notAgreed(params, purpose),
        }),
      ),
      deny('COST1NoEndlessJobs', { Action: haveMaxRuntime, Resource: '*', Condition: tooLong(params) }),
    ),
  invariants: (params) => [
    ...purposes.map(({ purpose }) =>
      nobody(`COST-1/${purpose}`, haveInstanceTypes[purpose], { when: notAgreed(params, purpose) }),
    ),
    ...(isProject(params) ? [appStays(params)] : []),
    ...(params.keyArn ? [servingStays(params, params.keyArn)] : []),
    nobody('COST-1/too-long', haveMaxRuntime, { when: tooLong(params) }),
  ],
}

/** A scientist, by Entra object id. */
const person = '00000000-0000-4000-8000-000000000001'

const appStays = (p: ProjectParams) =>
  stays(
    'COST-1/apps',
    projectRoleArn(p, p.project.name, 'studio'),
    'sagemaker:CreateApp',
    sagemakerArn(p, `app/${p.domainId}/${p.project.name}-${person}/jupyterlab/default`),
    {
      'aws:SourceIdentity': person,
      'sagemaker:InstanceTypes': approvedInstanceTypes(p, 'studio'),
      'sagemaker:OwnerUserProfileArn': sagemakerArn(p, `user-profile/${p.domainId}/${person}`),
      'sagemaker:SpaceSharingType': 'Private',
    },
  )

const servingStays = (p: AccountParams, keyArn: string) =>
  stays(
    'COST-1/serving',
    bootstrapRoleArn(p, 'uais-provision'),
    'sagemaker:CreateEndpointConfig',
    sagemakerArn(p, 'endpoint-config/uais-x'),
    {
      'aws:RequestTag/ManagedBy': 'UAIS',
      'aws:TagKeys': ['ManagedBy'],
      'sagemaker:InstanceTypes': approvedInstanceTypes(p, 'endpoints'),
      'sagemaker:ModelArn': sagemakerArn(p, 'model/uais-x'),
      'sagemaker:VolumeKmsKeyArn': keyArn,
    },
  )
