import type { Page, Service } from '../kernel/service.ts'
import { studioPage } from '../studio/studio.ts'
import { service as budgets } from './budgets/service.ts'
import { service as cloudtrail } from './cloudtrail/service.ts'
import { service as config } from './config/service.ts'
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
import { taggingService } from './tagging/service.ts'

const owners: readonly Service[] = [
  budgets,
  cloudtrail,
  config,
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

/** Every service of the sandbox; a new one is one import and one word above. */
export const services: readonly Service[] = [...owners, taggingService(owners)]

/** What the sandbox shows to browsers. */
export const pages: readonly Page[] = [studioPage]
