import type { CallOrigin } from '../kernel/operation.ts'
import type { Store } from '../kernel/store.ts'

/** What is read of EC2's row of a VPC endpoint. */
interface EndpointRow {
  id?: string
  VpcId?: string
  ServiceName?: string
}

/** Models whose endpoint service is called otherwise (AWS PrivateLink Guide, "AWS services that integrate with AWS PrivateLink"). */
const endpointNames: Record<string, string> = { sagemaker: 'sagemaker.api', 'runtime-sagemaker': 'sagemaker.runtime' }

/**
 * A workload in a VPC reaches a service through the VPC's endpoint for it, as private DNS and route tables have it.
 * Without an endpoint the origin stays as it is: then no policy sees a VPC.
 */
export function throughEndpoint(store: Store, origin: CallOrigin, model: string, region: string): CallOrigin {
  if (origin.vpcId === undefined || origin.vpcEndpointId !== undefined) return origin
  const wanted = `com.amazonaws.${region}.${endpointNames[model] ?? model}`
  for (const table of store.tables()) {
    if (!table.id.startsWith('ec2|') || !table.id.endsWith('|vpc-endpoint')) continue
    for (const row of table.rows.values() as Iterable<EndpointRow>)
      if (row.VpcId === origin.vpcId && row.ServiceName === wanted) return { ...origin, vpcEndpointId: row.id }
  }
  return origin
}
