/** The parts of `terraform show -json <plan>` that we read (Terraform documentation, "JSON Output Format"). */
export interface PlanJson {
  format_version: string
  resource_changes?: ResourceChange[]
  resource_drift?: ResourceChange[]
  planned_values?: { outputs?: Record<string, { sensitive: boolean; value?: unknown }> }
}

type PlanAction = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget'

export interface ResourceChange {
  address: string
  mode: 'managed' | 'data'
  type: string
  name: string
  index?: string | number
  change: {
    actions: PlanAction[]
    before: Record<string, unknown> | null
    after: Record<string, unknown> | null
    /** Same shape as `after`; `true` where the value is known only after apply. */
    after_unknown?: unknown
    before_sensitive?: unknown
    after_sensitive?: unknown
    importing?: { id: string }
    /** Attributes that cannot change in place. */
    replace_paths?: (string | number)[][]
  }
}
