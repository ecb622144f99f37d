import { describe, expect, it } from 'vitest'
import { loadModel, type OperationModel } from '../wire/model.ts'
import { paginate } from './paginate.ts'

const page = (model: string, name: string, input: object, output: object) => {
  const loaded = loadModel(model)
  const operation = loaded.operations.get(name) as OperationModel
  return paginate(loaded, operation, input as Record<string, unknown>, output as Record<string, unknown>)
}
const events = (...ids: number[]) => ({ Events: ids.map((id) => ({ EventId: String(id) })) })
const lookUp = (input: object, output: object) => page('cloudtrail', 'LookupEvents', input, output)

describe('pages', () => {
  it('follow each other to the end', () => {
    const all = events(1, 2, 3, 4, 5)
    const first = lookUp({ MaxResults: 2 }, all)
    expect(first.Events).toEqual(events(1, 2).Events)
    const second = lookUp({ MaxResults: 2, NextToken: first.NextToken }, all)
    expect(second.Events).toEqual(events(3, 4).Events)
    expect(lookUp({ MaxResults: 2, NextToken: second.NextToken }, all)).toEqual(events(5))
  })

  it('show nothing twice when something new comes in front meanwhile', () => {
    const { NextToken } = lookUp({ MaxResults: 2 }, events(5, 4, 3, 2, 1))
    const rest = lookUp({ MaxResults: 5, NextToken }, events(7, 6, 5, 4, 3, 2, 1))
    expect(rest).toEqual(events(3, 2, 1))
  })

  it('go on behind what came last when that has changed meanwhile', () => {
    const { NextToken } = lookUp({ MaxResults: 2 }, events(1, 2, 3, 4))
    expect(lookUp({ MaxResults: 5, NextToken }, events(1, 20, 3, 4))).toEqual(events(3, 4))
  })
})

/** Each service's API reference, errors of its List operations. */
describe('a token that is none is refused in the service’s own way', () => {
  it.each([
    ['cloudtrail', 'LookupEvents', { NextToken: 'x' }, events(1), 'InvalidNextTokenException'],
    ['kms', 'ListKeys', { Marker: 'x' }, { Keys: [] }, 'InvalidMarkerException'],
    ['iam', 'ListRoles', { Marker: 'x' }, { Roles: [] }, 'ValidationError'],
    ['ssm', 'DescribeParameters', { NextToken: 'x' }, { Parameters: [] }, 'InvalidNextToken'],
    ['organizations', 'ListAccounts', { NextToken: 'x' }, { Accounts: [] }, 'InvalidInputException'],
    ['logs', 'DescribeLogGroups', { nextToken: 'x' }, { logGroups: [] }, 'InvalidParameterException'],
    ['sagemaker', 'ListModels', { NextToken: 'x' }, { Models: [] }, 'ValidationException'],
  ])('%s %s', (model, name, input, output, code) => {
    expect(() => page(model, name, input, output)).toThrow(expect.objectContaining({ code }))
  })

  it('also one of another operation', () => {
    const { NextToken } = lookUp({ MaxResults: 1 }, events(1, 2))
    expect(() => page('sagemaker', 'ListModels', { NextToken }, { Models: [] })).toThrow(
      expect.objectContaining({ code: 'ValidationException' }),
    )
  })
})
