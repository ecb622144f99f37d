import type { Context } from './context.ts'
import type { TerraformDoor } from './terraform/terraform.ts'

/** What the worker's rooms are given: the doors, and the process's own place among workers. */
export interface WorkerContext extends Context {
  terraform: TerraformDoor
  /** Row of `worker_process`; leases are held in its name. */
  holder: string
  /** Aborted when the worker stops: commands end at their next safe point. */
  stopping: AbortSignal
}
