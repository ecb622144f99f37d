import { type CatalogueAction, catalogueActions } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { carries } from '../carried-keys.ts'
import { withoutTags } from './imm-4-unscoped.ts'
import { openShell, runScripts } from './imm-6-running-work.ts'

const changes = ({ accessLevels }: CatalogueAction) =>
  accessLevels.some((level) => level !== 'List' && level !== 'Read')

const inSageMaker = async (wanted: (action: CatalogueAction) => boolean) =>
  (await catalogueActions('sagemaker:*'))
    .filter(wanted)
    .map(({ action }) => action)
    .sort()

describe('lists of SageMaker actions', () => {
  it('name every change that AWS tells by no tag', async () => {
    const unscoped = (action: CatalogueAction) =>
      changes(action) &&
      !action.resources.some(({ conditionKeys }) => conditionKeys.includes('aws:ResourceTag/${TagKey}'))
    expect([...withoutTags].sort()).toEqual(await inSageMaker(unscoped))
  })

  it.each([
    ['StudioLifecycleConfigArns', runScripts],
    ['EnableRemoteDebug', openShell],
  ])('name every action that carries sagemaker:%s', async (key, listed) => {
    expect([...listed].sort()).toEqual(await inSageMaker((action) => carries(action, `sagemaker:${key}`)))
  })
})
