import type { UpdateDomainRequest, UpdateDomainResponse } from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { listKey, userSettingsKeys } from './condition-keys.ts'
import { resourceInUse } from './errors.ts'
import { demandVpc } from './network.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { isReady, readyAt } from './settling.ts'
import { apps, type DomainRow, domains } from './studio-kinds.ts'

export const updateDomain = operation<UpdateDomainRequest, UpdateDomainResponse>({
  name: 'UpdateDomain',
  access: (input, call) => {
    const arn = resourceArn(domains, call, input.DomainId ?? '')
    const context = {
      'sagemaker:AppNetworkAccessType': input.AppNetworkAccessType,
      ...userSettingsKeys(call, input.DefaultUserSettings),
      ...listKey('sagemaker:VpcSubnets', input.SubnetIds),
    }
    return [
      onResource(call, 'UpdateDomain', arn, context),
      ...passRole(call, input.DefaultUserSettings?.ExecutionRole, arn),
    ]
  },
  handle: async (input, call) => {
    const { DomainSettingsForUpdate, ...changes } = input as Stored<UpdateDomainRequest>
    const row = find(domains, call, input.DomainId ?? '')
    if (!isReady(row, call.now)) throw resourceInUse(`Domain [${row.DomainId}] is not in a state that can be updated.`)
    if (input.SubnetIds) demandVpc(call, { Subnets: input.SubnetIds }, input.VpcId ?? row.VpcId)
    const role = input.DefaultUserSettings?.ExecutionRole
    if (role) await assumeExecutionRole(call, role, { sourceArn: row.DomainArn ?? '' })
    const identity = DomainSettingsForUpdate?.ExecutionRoleIdentityConfig
    if (identity && identity !== row.DomainSettings?.ExecutionRoleIdentityConfig) {
      // "This configuration can only be modified if there are no apps in the InService or Pending state."
      const running = [...rows(apps, call).values()].find((app) => app.DomainId === row.DomainId)
      if (running)
        throw resourceInUse('ExecutionRoleIdentityConfig cannot be changed while apps are InService or Pending.')
    }
    const updated: DomainRow = {
      ...row,
      ...changes,
      DefaultUserSettings: { ...row.DefaultUserSettings, ...changes.DefaultUserSettings },
      DomainSettings: { ...row.DomainSettings, ...DomainSettingsForUpdate } as DomainRow['DomainSettings'],
      LastModifiedTime: call.now.toISOString(),
      readyAt: readyAt(call),
    }
    rows(domains, call).put(row.DomainId ?? '', updated)
    return { DomainArn: row.DomainArn }
  },
})
