import type { UpdateNotebookInstanceInput } from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { changedNotebookKeys } from './notebook-keys.ts'
import { type NotebookInstanceRow, notebookInstances, notebookLifecycleConfigs } from './notebook-kinds.ts'
import { demandStatus, moveNotebook } from './notebook-state.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { find, resourceArn } from './resource.ts'

export const updateNotebookInstance = operation<UpdateNotebookInstanceInput, object>({
  name: 'UpdateNotebookInstance',
  access: (input, call) => {
    const arn = resourceArn(notebookInstances, call, input.NotebookInstanceName ?? '')
    return [
      onResource(call, 'UpdateNotebookInstance', arn, changedNotebookKeys(call, input)),
      ...passRole(call, input.RoleArn, arn),
    ]
  },
  handle: async (input, call) => {
    const row = find(notebookInstances, call, input.NotebookInstanceName ?? '')
    demandStatus(row, ['Stopped', 'Failed'], 'Updating')
    if (input.LifecycleConfigName && input.DisassociateLifecycleConfig)
      throw validation('LifecycleConfigName and DisassociateLifecycleConfig cannot both be specified.')
    if (input.LifecycleConfigName) find(notebookLifecycleConfigs, call, input.LifecycleConfigName)
    if (input.VolumeSizeInGB !== undefined && input.VolumeSizeInGB < (row.VolumeSizeInGB ?? 0))
      throw validation('The volume size of a notebook instance cannot be decreased.')
    if (input.RoleArn) await assumeExecutionRole(call, input.RoleArn, { sourceArn: row.NotebookInstanceArn ?? '' })
    moveNotebook(call, changed(row, input), 'Updating', 'Stopped')
    return {}
  },
})

/** What the request names replaces what was there; what it disassociates is gone, and it is no error if it never was. */
function changed(row: NotebookInstanceRow, input: UpdateNotebookInstanceInput): NotebookInstanceRow {
  const gone: Partial<NotebookInstanceRow> = {
    ...(input.DisassociateLifecycleConfig ? { NotebookInstanceLifecycleConfigName: undefined } : {}),
    ...(input.DisassociateDefaultCodeRepository ? { DefaultCodeRepository: undefined } : {}),
    ...(input.DisassociateAdditionalCodeRepositories ? { AdditionalCodeRepositories: undefined } : {}),
    ...(input.DisassociateAcceleratorTypes ? { AcceleratorTypes: undefined } : {}),
  }
  const {
    LifecycleConfigName: config,
    DisassociateLifecycleConfig: _config,
    DisassociateDefaultCodeRepository: _repository,
    DisassociateAdditionalCodeRepositories: _repositories,
    DisassociateAcceleratorTypes: _accelerators,
    ...settings
  } = input
  return { ...row, ...gone, ...settings, ...(config ? { NotebookInstanceLifecycleConfigName: config } : {}) }
}
