import type { CompiledPolicy } from '@uais/iam'
import type { CallOrigin } from '../kernel/operation.ts'
import type { Store } from '../kernel/store.ts'
import { compiledText } from './compiled.ts'

/** What the kernel reads of EC2's row of a VPC endpoint. */
interface EndpointRow {
  PolicyDocument?: string
}

/** Policy of the VPC endpoint that a call comes through; an endpoint that is gone lets nothing pass. */
export function endpointPolicies(store: Store, origin: CallOrigin): readonly CompiledPolicy[] | undefined {
  const id = origin.vpcEndpointId
  if (id === undefined) return undefined
  for (const table of store.tables()) {
    if (!table.id.startsWith('ec2|') || !table.id.endsWith('|vpc-endpoint')) continue
    const endpoint = table.rows.get(id) as EndpointRow | undefined
    if (endpoint) return endpoint.PolicyDocument ? [compiledText(id, endpoint.PolicyDocument)] : undefined
  }
  return []
}
