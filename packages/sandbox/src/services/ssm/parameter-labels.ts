import type {
  LabelParameterVersionRequest,
  LabelParameterVersionResult,
  UnlabelParameterVersionRequest,
  UnlabelParameterVersionResult,
} from '@aws-sdk/client-ssm'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { parameterAccess } from './access.ts'
import { noSuchVersion } from './errors.ts'
import { latest, openParameter, parseReference, putParameterRow } from './state.ts'

const maxLabels = 10

/** A label is on one version at a time: giving it to another takes it away. */
export const labelParameterVersion = operation<LabelParameterVersionRequest, LabelParameterVersionResult>({
  name: 'LabelParameterVersion',
  access: (input, call) => [parameterAccess(call, 'ssm:LabelParameterVersion', input.Name)],
  handle: (input, call) => {
    const parameter = openParameter(call, parseReference(call, input.Name ?? ''))
    const number = input.ParameterVersion ?? latest(parameter).version
    const wanted = input.Labels ?? []
    const invalid = wanted.filter((label) => !/^(?!aws|ssm|\d)[A-Za-z0-9_.-]{1,100}$/i.test(label))
    const valid = wanted.filter((label) => !invalid.includes(label))
    if (!parameter.versions.some(({ version }) => version === number))
      throw noSuchVersion(parameter.name, String(number))
    const versions = parameter.versions.map((version) => {
      const kept = version.labels.filter((label) => !valid.includes(label))
      return { ...version, labels: version.version === number ? [...kept, ...valid] : kept }
    })
    if (versions.some(({ labels }) => labels.length > maxLabels))
      throw new AwsError('ParameterVersionLabelLimitExceeded', 'A parameter version can have a maximum of ten labels.')
    putParameterRow(call, { ...parameter, versions })
    return { InvalidLabels: invalid, ParameterVersion: number }
  },
})

export const unlabelParameterVersion = operation<UnlabelParameterVersionRequest, UnlabelParameterVersionResult>({
  name: 'UnlabelParameterVersion',
  access: (input, call) => [parameterAccess(call, 'ssm:UnlabelParameterVersion', input.Name)],
  handle: (input, call) => {
    const parameter = openParameter(call, parseReference(call, input.Name ?? ''))
    const target = parameter.versions.find(({ version }) => version === input.ParameterVersion)
    if (!target) throw noSuchVersion(parameter.name, String(input.ParameterVersion))
    const wanted = input.Labels ?? []
    const removed = wanted.filter((label) => target.labels.includes(label))
    const versions = parameter.versions.map((version) =>
      version === target ? { ...version, labels: version.labels.filter((label) => !removed.includes(label)) } : version,
    )
    putParameterRow(call, { ...parameter, versions })
    return { RemovedLabels: removed, InvalidLabels: wanted.filter((label) => !removed.includes(label)) }
  },
})
