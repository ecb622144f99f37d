import { type CatalogueAction, catalogueActions } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { params } from './case-world.ts'
import { everyStatement, type StandingStatement } from './every-document.ts'
import { patternsOverlap } from './overlap.ts'

/** The parts of an ARN, in which a variable is any text, but not none where AWS's own format has one. */
function parts(arn: string, variable: '*' | '?*'): string[] {
  const [partition, service, region, account, ...rest] = arn
    .replace(/\$\{[^}]+\}/g, variable)
    .split(':')
    .slice(1)
  return [partition, service, region, account, rest.join(':')].map((part) => part ?? '')
}

/** Whether a resource of the type could match the element of a policy. */
function covers(resource: string, format: string): boolean {
  if (resource === '*') return true
  const [ours, theirs] = [parts(resource, '*'), parts(format, '?*')]
  return ours.every((part, index) => patternsOverlap(part, theirs[index]!))
}

/** An action without resource types is asked of the resource `*` (Service Authorization Reference, "Resource types"). */
function fits(action: CatalogueAction, resources: readonly string[]): boolean {
  if (action.resources.length === 0) return resources.includes('*')
  return action.resources.some(({ arn }) => resources.some((resource) => covers(resource, arn)))
}

/** Of a family (`sagemaker:Describe*`) whose other members are wanted, and which nobody needs. */
const needless = new Set(['sagemaker:DescribeJobSchemaVersion', 'sagemaker:DescribeLineageGroup'])

/** Actions of a statement that can never match one of its resources, so that it says what it does not do. */
async function unfit({ document, statement }: StandingStatement): Promise<string[]> {
  const resources = [statement.Resource ?? []].flat()
  if (resources.length === 0) return []
  const patterns = [statement.Action ?? []].flat()
  const found = patterns.map(async (pattern) => {
    const actions = await catalogueActions(pattern)
    const others = actions.filter((action) => !fits(action, resources) && !needless.has(action.action))
    // A whole service is meant as far as it reaches; a denial by a family too. A grant by a family means each of it.
    const isBroad = /^(\*|[a-z0-9-]+:\*)$/.test(pattern) || (statement.Effect === 'Deny' && pattern.includes('*'))
    if (actions.length === 0 || (isBroad && others.length === actions.length)) return [`${pattern}: nothing`]
    return isBroad ? [] : others.map(({ action }) => action)
  })
  return (await Promise.all(found)).flat().map((text) => `${document} ${statement.Sid}: ${text}`)
}

describe('the resources of a statement', () => {
  it('are of a type that its actions have', async () => {
    expect((await Promise.all(everyStatement(params).map(unfit))).flat()).toEqual([])
  })

  it('are told from others', async () => {
    const asked = (Action: string, Resource: string) =>
      unfit({ document: 'x', statement: { Sid: 'y', Effect: 'Allow', Action, Resource } })
    const inSageMaker = 'arn:aws:sagemaker:eu-west-1:300000000003:*'
    expect(await asked('sagemaker:ListSpaces', inSageMaker)).toEqual(['x y: sagemaker:ListSpaces'])
    expect(await asked('sagemaker:ListSpaces', '*')).toEqual([])
    expect(await asked('sagemaker:ListTags', inSageMaker)).toEqual([])
    expect(await asked('s3:GetObject', 'arn:aws:s3:::bucket')).toEqual(['x y: s3:GetObject'])
    expect(await asked('sagemaker:DescribeApp', 'arn:aws:sagemaker:::app/*')).toEqual(['x y: sagemaker:DescribeApp'])
    expect(await asked('sqs:*', 'arn:aws:s3:::bucket')).toEqual(['x y: sqs:*: nothing'])
  })
})
