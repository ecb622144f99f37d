import type { Service } from '../../kernel/service.ts'
import { invokeEndpoint } from './invoke-endpoint.ts'

/** Shares its signing name, and so its tables, with SageMaker itself. */
export const service: Service = {
  name: 'sagemaker',
  model: 'runtime-sagemaker',
  scope: 'region',
  operations: [invokeEndpoint],
}
