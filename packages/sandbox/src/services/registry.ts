import type { Page, Service } from '../kernel/service.ts'
import { studioPage } from '../studio/studio.ts'
import { service as cloudtrail } from './cloudtrail/service.ts'
import { service as ec2 } from './ec2/service.ts'
import { service as events } from './events/service.ts'
import { service as iam } from './iam/service.ts'
import { service as kms } from './kms/service.ts'
import { service as logs } from './logs/service.ts'
import { service as monitoring } from './monitoring/service.ts'
import { service as organizations } from './organizations/service.ts'
import { service as runtimeSagemaker } from './runtime-sagemaker/service.ts'
import { service as s3 } from './s3/service.ts'
import { service as sagemaker } from './sagemaker/service.ts'
import { service as secretsmanager } from './secretsmanager/service.ts'
import { service as sqs } from './sqs/service.ts'
import { service as ssm } from './ssm/service.ts'
import { service as sts } from './sts/service.ts'

/** Every service of the sandbox; a new one is one import and one word here. */
export const services: readonly Service[] = [
  cloudtrail,
  ec2,
  events,
  iam,
  kms,
  logs,
  monitoring,
  organizations,
  runtimeSagemaker,
  s3,
  sagemaker,
  secretsmanager,
  sqs,
  ssm,
  sts,
]

/** What the sandbox shows to browsers. */
export const pages: readonly Page[] = [studioPage]
