import type { PlanJson } from '../terraform/plan-json.ts'
import { prices } from './prices.ts'

const hoursPerMonth = 730

/** US dollars per hour of one SageMaker instance; undefined when the table has no such type. */
function instanceUsdPerHour(instanceType: string): number | undefined {
  return prices.instancePerHour[instanceType]
}

interface Priced {
  label: string
  usd: number
}

/**
 * What the stack will cost a month once applied, as far as it runs by the hour or month; storage, requests and
 * traffic depend on use. Indicative: the table's date and source are part of the note.
 */
export function priceOf(plan: PlanJson): { monthlyUsd: number | null; costNote: string } {
  const items: Priced[] = []
  const unpriced: string[] = []
  for (const { mode, type, change } of plan.resource_changes ?? []) {
    if (mode !== 'managed' || !change.after) continue
    if (type === 'aws_kms_key') items.push({ label: 'KMS key', usd: prices.kmsKeyPerMonth })
    if (type === 'aws_vpc_endpoint' && change.after.vpc_endpoint_type === 'Interface')
      items.push({
        label: 'VPC interface endpoint',
        usd: zones(change.after) * prices.interfaceEndpointPerHour * hoursPerMonth,
      })
    if (type === 'aws_nat_gateway') items.push({ label: 'NAT gateway', usd: prices.natGatewayPerHour * hoursPerMonth })
    if (type === 'aws_sagemaker_endpoint_configuration') priceEndpoint(change.after, items, unpriced)
  }
  if (unpriced.length > 0)
    return {
      monthlyUsd: null,
      costNote: `No price is known for ${unpriced.join(', ')}; see the SageMaker AI price list.`,
    }
  const total = Math.round(items.reduce((sum, item) => sum + item.usd, 0) * 100) / 100
  if (items.length === 0) return { monthlyUsd: 0, costNote: 'Nothing in this stack is paid for by the hour; use is.' }
  const parts = [...grouped(items)].map(([label, { count, usd }]) => `${count} × ${label} $${usd.toFixed(2)}`)
  return {
    monthlyUsd: total,
    costNote: `About $${total.toFixed(2)} a month (${parts.join(', ')}), plus use. ${prices.basis}.`,
  }
}

function zones(after: Record<string, unknown>): number {
  return Array.isArray(after.subnet_ids) && after.subnet_ids.length > 0 ? after.subnet_ids.length : prices.assumedZones
}

function priceEndpoint(after: Record<string, unknown>, items: Priced[], unpriced: string[]): void {
  for (const variant of (after.production_variants ?? []) as Record<string, unknown>[]) {
    const type = String(variant.instance_type ?? '')
    if (!type) continue // serverless: paid by use
    const usd = instanceUsdPerHour(type)
    if (usd === undefined) unpriced.push(type)
    else items.push({ label: type, usd: usd * Number(variant.initial_instance_count ?? 1) * hoursPerMonth })
  }
}

function grouped(items: readonly Priced[]): Map<string, { count: number; usd: number }> {
  const groups = new Map<string, { count: number; usd: number }>()
  for (const { label, usd } of items) {
    const group = groups.get(label) ?? { count: 0, usd: 0 }
    groups.set(label, { count: group.count + 1, usd: group.usd + usd })
  }
  return groups
}
