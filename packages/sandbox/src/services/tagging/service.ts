import type { Service } from '../../kernel/service.ts'
import { tagResources, untagResources } from './change-tags.ts'
import { readOperations } from './get-resources.ts'

/** The Resource Groups Tagging API over all services that have `tagged`. */
export function taggingService(services: readonly Service[]): Service {
  return {
    name: 'tagging',
    model: 'tagging',
    scope: 'region',
    operations: [...readOperations(services), tagResources, untagResources],
  }
}
