import { catalogueAction, catalogueActions } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { carries } from './carried-keys.ts'
import { params } from './case-world.ts'
import { catalogue, controlOfSid } from './catalogue.ts'
import * as actions from './controls/actions.ts'
import { harmlessOnManaged } from './controls/harmless.ts'

const sagemakerActionsWith = async (key: string) =>
  (await catalogueActions('sagemaker:*'))
    .filter((action) => carries(action, `sagemaker:${key}`))
    .map(({ action }) => action)
    .sort()

describe('lists of SageMaker actions', () => {
  it.each([
    ['VpcSubnets', [...actions.needNetwork, ...actions.mayNameNetwork]],
    ['VpcSecurityGroupIds', [...actions.needNetwork, ...actions.mayNameNetwork, ...actions.mayNameSecurityGroups]],
    ['VolumeKmsKeyArn', actions.haveVolumeKey],
    ['OutputKmsKeyArn', actions.haveOutputKey],
    ['InstanceTypes', Object.values(actions.haveInstanceTypes).flat()],
    ['NetworkIsolation', [...actions.haveIsolation, 'sagemaker:CreateEndpointConfig']],
    ['InterContainerTrafficEncryption', actions.haveTrafficEncryption],
    ['DomainSharingOutputKmsKeyArn', actions.haveSharingKey],
    ['MaxRuntimeInSeconds', actions.haveMaxRuntime],
  ])('name every action that carries sagemaker:%s', async (key, listed) => {
    expect([...listed].sort()).toEqual(await sagemakerActionsWith(key))
  })
})

describe('what is harmless on a managed thing', () => {
  /** Uses of a thing for its purpose; everything else that is harmless only reads. */
  const reviewed = new Set([
    'kms:GenerateDataKey',
    'sagemaker:InvokeEndpoint',
    'sagemaker:InvokeEndpointAsync',
    'sagemaker:InvokeEndpointWithResponseStream',
  ])

  it('is reading, or a use that was reviewed by name', async () => {
    const covered = (await Promise.all(harmlessOnManaged.map((pattern) => catalogueActions(pattern)))).flat()
    const writing = covered.filter(
      ({ action, accessLevels }) =>
        !reviewed.has(action) && accessLevels.some((level) => level !== 'Read' && level !== 'List'),
    )
    expect(writing.map(({ action }) => action)).toEqual([])
  })

  it('has no pattern that matches nothing', async () => {
    for (const pattern of harmlessOnManaged)
      expect((await catalogueActions(pattern)).length, pattern).toBeGreaterThan(0)
  })
})

describe('the catalogue', () => {
  const placed = catalogue.flatMap((control) => control.statements(params).map((one) => ({ control, ...one })))

  it('gives every control an id, words, limits and sources', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length)
    for (const control of catalogue) {
      expect(control.id).toMatch(/^[A-Z]{3,4}-\d+$/)
      expect(control.words.length).toBeGreaterThan(30)
      expect(control.limits.length, control.id).toBeGreaterThan(0)
      expect(control.sources.length, control.id).toBeGreaterThan(0)
    }
  })

  it('finds the control of every statement by its Sid', () => {
    for (const { control, statement } of placed) {
      expect(statement.Sid).toMatch(/^[A-Za-z0-9]+$/)
      expect(controlOfSid(statement.Sid)?.id, statement.Sid).toBe(control.id)
    }
    expect(controlOfSid('AllowEverything')).toBeUndefined()
    expect(controlOfSid('NET99Unknown')).toBeUndefined()
  })

  it('names only actions that AWS has', async () => {
    for (const { statement } of placed)
      for (const action of [statement.Action ?? [], statement.NotAction ?? []].flat()) {
        const isKnown = action === '*' || (await catalogueActions(action)).length > 0
        expect(isKnown, `${statement.Sid}: ${action}`).toBe(true)
      }
  })

  it('asks of an action only condition keys that it carries', async () => {
    for (const { statement } of placed)
      for (const action of [statement.Action ?? []].flat()) {
        if (/\*/.test(action)) continue
        const known = await catalogueAction(action)
        const keys = [...(known?.conditionKeys ?? []), ...(known?.resources ?? []).flatMap((r) => r.conditionKeys)]
        for (const key of Object.values(statement.Condition ?? {}).flatMap(Object.keys))
          expect(key.startsWith('aws:') || keys.includes(key), `${statement.Sid}: ${key} on ${action}`).toBe(true)
      }
  })
})
