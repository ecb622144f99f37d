import type { Service } from '../../kernel/service.ts'
import { deleteParameter, deleteParameters } from './delete-parameter.ts'
import { describeParameters, getParameterHistory } from './describe-parameters.ts'
import { getParameter, getParameters } from './get-parameter.ts'
import { getParametersByPath } from './get-parameters-by-path.ts'
import { labelParameterVersion, unlabelParameterVersion } from './parameter-labels.ts'
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './parameter-tags.ts'
import { putParameter } from './put-parameter.ts'

export const service: Service = {
  name: 'ssm',
  model: 'ssm',
  scope: 'region',
  operations: [
    putParameter,
    getParameter,
    getParameters,
    getParametersByPath,
    getParameterHistory,
    describeParameters,
    deleteParameter,
    deleteParameters,
    labelParameterVersion,
    unlabelParameterVersion,
    addTagsToResource,
    removeTagsFromResource,
    listTagsForResource,
  ],
}
