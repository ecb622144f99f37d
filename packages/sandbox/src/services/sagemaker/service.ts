import type { Service } from '../../kernel/service.ts'
import { createApp, deleteApp, describeApp, listApps } from './apps.ts'
import { createAutoMLJob, createAutoMLJobV2, createProcessingJob, createTransformJob } from './container-jobs.ts'
import { createDomain } from './create-domain.ts'
import { createModel } from './create-model.ts'
import { createModelPackage } from './create-model-package.ts'
import { createNotebookInstance } from './create-notebook-instance.ts'
import { createPresignedDomainUrl } from './create-presigned-domain-url.ts'
import { createTrainingJob } from './create-training-job.ts'
import { deleteDomain, describeDomain, listDomains } from './domains.ts'
import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from './endpoint-configs.ts'
import { createEndpoint, deleteEndpoint, describeEndpoint, listEndpoints, updateEndpoint } from './endpoints.ts'
import {
  addAssociation,
  deleteAssociation,
  describeAction,
  describeArtifact,
  describeContext,
  describeTrialComponent,
  listActions,
  listArtifacts,
  listAssociations,
  listContexts,
} from './lineage.ts'
import {
  deleteModelPackageGroupPolicy,
  getModelPackageGroupPolicy,
  putModelPackageGroupPolicy,
} from './model-package-group-policy.ts'
import {
  createModelPackageGroup,
  deleteModelPackageGroup,
  describeModelPackageGroup,
  listModelPackageGroups,
} from './model-package-groups.ts'
import { deleteModelPackage, describeModelPackage, listModelPackages, updateModelPackage } from './model-packages.ts'
import { deleteModel, describeModel, listModels } from './models.ts'
import {
  createPresignedNotebookInstanceUrl,
  deleteNotebookInstance,
  describeNotebookInstance,
  listNotebookInstances,
  startNotebookInstance,
  stopNotebookInstance,
} from './notebook-instances.ts'
import {
  createNotebookInstanceLifecycleConfig,
  deleteNotebookInstanceLifecycleConfig,
  describeNotebookInstanceLifecycleConfig,
  listNotebookInstanceLifecycleConfigs,
  updateNotebookInstanceLifecycleConfig,
} from './notebook-lifecycle-configs.ts'
import { queryLineage } from './query-lineage.ts'
import { resume } from './resume.ts'
import { search } from './search.ts'
import { createSpace, deleteSpace, describeSpace, listSpaces, updateSpace } from './spaces.ts'
import {
  createStudioLifecycleConfig,
  deleteStudioLifecycleConfig,
  describeStudioLifecycleConfig,
  listStudioLifecycleConfigs,
} from './studio-lifecycle-configs.ts'
import { taggedResources } from './tag-store.ts'
import { addTags, deleteTags, listTags } from './tags.ts'
import { deleteTrainingJob, describeTrainingJob, listTrainingJobs, stopTrainingJob } from './training-jobs.ts'
import { updateDomain } from './update-domain.ts'
import { updateNotebookInstance } from './update-notebook-instance.ts'
import {
  createUserProfile,
  deleteUserProfile,
  describeUserProfile,
  listUserProfiles,
  updateUserProfile,
} from './user-profiles.ts'

const studio = [
  ...[createDomain, updateDomain, describeDomain, listDomains, deleteDomain],
  ...[createUserProfile, updateUserProfile, describeUserProfile, listUserProfiles, deleteUserProfile],
  ...[createSpace, updateSpace, describeSpace, listSpaces, deleteSpace],
  ...[createApp, describeApp, listApps, deleteApp],
  ...[
    createStudioLifecycleConfig,
    describeStudioLifecycleConfig,
    listStudioLifecycleConfigs,
    deleteStudioLifecycleConfig,
  ],
  createPresignedDomainUrl,
]

const notebooks = [
  ...[createNotebookInstance, updateNotebookInstance, describeNotebookInstance, listNotebookInstances],
  ...[startNotebookInstance, stopNotebookInstance, deleteNotebookInstance, createPresignedNotebookInstanceUrl],
  ...[createNotebookInstanceLifecycleConfig, updateNotebookInstanceLifecycleConfig],
  ...[describeNotebookInstanceLifecycleConfig, listNotebookInstanceLifecycleConfigs],
  deleteNotebookInstanceLifecycleConfig,
]

const registry = [
  ...[createModelPackageGroup, describeModelPackageGroup, listModelPackageGroups, deleteModelPackageGroup],
  ...[putModelPackageGroupPolicy, getModelPackageGroupPolicy, deleteModelPackageGroupPolicy],
  ...[createModelPackage, updateModelPackage, describeModelPackage, listModelPackages, deleteModelPackage],
]

const hosting = [
  ...[createModel, describeModel, listModels, deleteModel],
  ...[createEndpointConfig, describeEndpointConfig, listEndpointConfigs, deleteEndpointConfig],
  ...[createEndpoint, updateEndpoint, describeEndpoint, listEndpoints, deleteEndpoint],
]

const training = [createTrainingJob, describeTrainingJob, listTrainingJobs, stopTrainingJob, deleteTrainingJob]

const containerJobs = [createProcessingJob, createTransformJob, createAutoMLJob, createAutoMLJobV2]

const lineage = [
  ...[describeArtifact, describeAction, describeContext, describeTrialComponent],
  ...[listArtifacts, listActions, listContexts],
  ...[addAssociation, deleteAssociation, listAssociations, queryLineage],
]

export const service: Service = {
  name: 'sagemaker',
  model: 'sagemaker',
  scope: 'region',
  operations: [
    ...studio,
    ...notebooks,
    ...registry,
    ...hosting,
    ...training,
    ...containerJobs,
    ...lineage,
    addTags,
    deleteTags,
    listTags,
    search,
  ],
  resume,
  tagged: taggedResources,
}
