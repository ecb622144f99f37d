import type {
  DescribeNotebookInstanceLifecycleConfigOutput,
  DescribeNotebookInstanceOutput,
} from '@aws-sdk/client-sagemaker'
import { validation } from './errors.ts'
import type { Kind, Stored } from './resource.ts'
import type { VolumeGrant } from './volume-key.ts'

export type NotebookInstanceRow = Stored<DescribeNotebookInstanceOutput> & {
  /** Where a transition ends and when (ISO 8601); absent while the instance is at rest. */
  transition?: { to: 'InService' | 'Stopped' | 'gone'; readyAt: string } | undefined
  grant?: VolumeGrant | undefined
}
export type NotebookLifecycleConfigRow = Stored<DescribeNotebookInstanceLifecycleConfigOutput>

export const notebookInstances: Kind<NotebookInstanceRow> = {
  name: 'NotebookInstance',
  path: (name) => `notebook-instance/${name.toLowerCase()}`,
  notFound: () => validation('RecordNotFound'),
}

export const notebookLifecycleConfigs: Kind<NotebookLifecycleConfigRow> = {
  name: 'NotebookInstanceLifecycleConfig',
  path: (name) => `notebook-instance-lifecycle-config/${name.toLowerCase()}`,
  notFound: (arn) =>
    validation(
      `Unable to describe Notebook Instance Lifecycle Config '${arn}'. (Details: Notebook Instance Lifecycle Config does not exist.)`,
    ),
}
