import type {
  DeleteMetricFilterRequest,
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
  PutMetricFilterRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onGroup } from './access.ts'
import { compileFilter } from './filter-pattern.ts'
import { findGroup, logGroups, metricFilters } from './state.ts'

export const putMetricFilter = operation<PutMetricFilterRequest, void>({
  name: 'PutMetricFilter',
  access: (input, call) => [onGroup('PutMetricFilter', input.logGroupName, call)],
  handle: (input, call) => {
    const { name } = findGroup(call, input.logGroupName)
    compileFilter(input.filterPattern ?? '')
    if (input.metricTransformations?.some((one) => one.dimensions))
      throw new AwsError('InvalidParameterException', 'The sandbox makes metrics of filters without dimensions only.')
    const old = metricFilters(call, name).get(input.filterName!)
    metricFilters(call, name).put(input.filterName!, {
      name: input.filterName!,
      pattern: input.filterPattern ?? '',
      transformations: input.metricTransformations ?? [],
      created: old?.created ?? call.now.getTime(),
    })
  },
})

export const deleteMetricFilter = operation<DeleteMetricFilterRequest, void>({
  name: 'DeleteMetricFilter',
  access: (input, call) => [onGroup('DeleteMetricFilter', input.logGroupName, call)],
  handle: (input, call) => {
    const { name } = findGroup(call, input.logGroupName)
    if (!metricFilters(call, name).delete(input.filterName!))
      throw new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.')
  },
})

export const describeMetricFilters = operation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>({
  name: 'DescribeMetricFilters',
  access: (input, call) => [onGroup('DescribeMetricFilters', input.logGroupName, call)],
  handle: (input, call) => {
    const groups = input.logGroupName
      ? [findGroup(call, input.logGroupName).name]
      : [...logGroups(call).values()].map((row) => row.name)
    const all = groups.flatMap((logGroupName) =>
      [...metricFilters(call, logGroupName).values()].map((row) => ({
        filterName: row.name,
        filterPattern: row.pattern,
        metricTransformations: row.transformations,
        creationTime: row.created,
        logGroupName,
      })),
    )
    return { metricFilters: all.filter((one) => one.filterName.startsWith(input.filterNamePrefix ?? '')) }
  },
})
