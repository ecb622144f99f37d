import { setTimeout as sleep } from 'node:timers/promises'
import type { NotebookInstanceStatus } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { validation } from './errors.ts'
import { emitStateChange } from './events.ts'
import { type NotebookInstanceRow, notebookInstances } from './notebook-kinds.ts'
import { rows } from './resource.ts'
import { readyAt } from './settling.ts'

type Ending = NonNullable<NotebookInstanceRow['transition']>['to']

/** Throws in SageMaker's words unless the instance is in one of the states that a transition may start from. */
export function demandStatus(row: NotebookInstanceRow, from: NotebookInstanceStatus[], next: string) {
  const status = row.NotebookInstanceStatus
  if (status === undefined || from.includes(status)) return
  throw validation(
    `Status (${status}) not in ([${from.join(', ')}]). Unable to transition to (${next}) for Notebook Instance (${row.NotebookInstanceArn})`,
  )
}

/** Sets an instance on its way: `status` now, and `to` after the settling time. */
export function moveNotebook(call: Call, row: NotebookInstanceRow, status: NotebookInstanceStatus, to: Ending) {
  const moving: NotebookInstanceRow = {
    ...row,
    NotebookInstanceStatus: status,
    LastModifiedTime: call.now.toISOString(),
    transition: { to, readyAt: readyAt(call) },
  }
  const name = row.NotebookInstanceName ?? ''
  rows(notebookInstances, call).put(name, moving)
  emitNotebookState(call, moving)
  call.afterwards((later) => settleNotebook(later, name))
}

/** Ends a transition, as background work that a restart takes up again. */
export async function settleNotebook(call: Call, name: string): Promise<void> {
  const transition = rows(notebookInstances, call).get(name)?.transition
  if (!transition) return
  await sleep(Math.max(0, new Date(transition.readyAt).getTime() - Date.now()), undefined, { ref: false })
  const row = rows(notebookInstances, call).get(name)
  if (row?.transition?.readyAt !== transition.readyAt) return
  if (transition.to === 'gone') {
    rows(notebookInstances, call).delete(name)
    return
  }
  const settled: NotebookInstanceRow = { ...row, NotebookInstanceStatus: transition.to, transition: undefined }
  rows(notebookInstances, call).put(name, settled)
  emitNotebookState(call, settled)
}

function emitNotebookState(call: Call, row: NotebookInstanceRow) {
  const { transition: _transition, grant: _grant, ...shown } = row
  emitStateChange(call, 'Notebook Instance', row.NotebookInstanceArn ?? '', shown)
}
