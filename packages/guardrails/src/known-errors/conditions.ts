import { catalogueActions, compilePolicy } from '@uais/iam'
import { carries } from '../carried-keys.ts'
import { documentOf } from '../document.ts'
import { conditionsOf, denial, grant, has, isAllow, type KnownError, list } from './known-error.ts'

const network = ['aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:VpceAccount']
const ofData = /^((s3|kms|secretsmanager):|\*$)/
const ofTag = /^(aws|sagemaker):ResourceTag\//

/** Errors that stand in conditions. */
export const inConditions: readonly KnownError[] = [
  {
    numbers: [1, 2],
    name: 'a condition key that the action does not carry',
    async find({ statement }) {
      for (const action of list(statement.Action).filter((one) => one !== '*')) {
        const known = await catalogueActions(action)
        const wrong = conditionsOf(statement).find(({ key }) => !known.some((one) => carries(one, key)))
        if (wrong) return `${wrong.key} on ${action}`
      }
      return undefined
    },
    seen: denial({
      Action: 'sagemaker:CreateTrainingJob',
      Condition: { Null: { 'sagemaker:VpcSecurityGroup': 'true' } },
    }),
  },
  {
    numbers: [3],
    name: 'Null over two keys, which denies only where both are missing',
    find: ({ statement }) => {
      const keys = Object.keys(statement.Condition?.Null ?? {})
      return keys.length > 1 ? keys.join(' and ') : undefined
    },
    seen: denial({ Condition: { Null: { 'sagemaker:VpcSubnets': 'true', 'sagemaker:VpcSecurityGroupIds': 'true' } } }),
  },
  {
    numbers: [3],
    name: 'a set operator that an absent key satisfies in a grant',
    find: ({ statement }) =>
      isAllow(statement)
        ? conditionsOf(statement).find(
            ({ operator, key }) => /^ForAllValues/.test(operator) && !has(statement, 'Null', key),
          )?.key
        : undefined,
    seen: grant({ Condition: { 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': 'subnet-1' } } }),
  },
  {
    numbers: [4],
    name: "a denial by network that locks AWS's own services out",
    find({ statement }) {
      const negated = conditionsOf(statement).find(({ operator, key }) => /Not/.test(operator) && network.includes(key))
      if (isAllow(statement) || !negated || !list(statement.Action).some((action) => ofData.test(action)))
        return undefined
      const isSpared = has(statement, 'BoolIfExists', 'aws:ViaAWSService') || has(statement, 'Null', negated.key)
      return isSpared ? undefined : negated.key
    },
    seen: denial({ Action: 's3:*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
  },
  {
    numbers: [9],
    name: 'a condition without an operator, or otherwise not of the policy language',
    find({ statement }) {
      try {
        compilePolicy(documentOf([statement]), { name: 'statement' })
        return undefined
      } catch (error) {
        return (error as Error).message
      }
    },
    seen: grant({ Action: 's3:GetObject', Resource: '*', Condition: { 'aws:SourceAccount': '' as never } }),
  },
  {
    numbers: [14],
    name: "a tag of the principal, which a session of SageMaker's does not carry",
    find: ({ statement }) => conditionsOf(statement).find(({ key }) => /^aws:PrincipalTag\//i.test(key))?.key,
    seen: grant({ Condition: { StringEquals: { 'aws:PrincipalTag/AzureADGroup': 'x' } } }),
  },
  {
    numbers: [16],
    name: 'a lock by tag over a list of verbs, which the verbs that are not listed pass by',
    find: ({ statement }) =>
      !isAllow(statement) && statement.Action !== '*' && list(statement.Action).length > 0
        ? conditionsOf(statement).find(({ key }) => /ResourceTag\/ManagedBy$/.test(key))?.key
        : undefined,
    seen: denial({
      Action: ['sagemaker:Update*', 'sagemaker:Delete*'],
      Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' } },
    }),
  },
  {
    numbers: [17, 18],
    name: 'a tag of a bucket, an object or the name of a key, which AWS does not look at',
    find({ statement }) {
      if (!conditionsOf(statement).some(({ key }) => ofTag.test(key))) return undefined
      const action = list(statement.Action).find((one) => /^s3:/.test(one))
      const alias = list(statement.Resource).find((arn) => /:kms:.*:alias\//.test(arn))
      return action ?? alias
    },
    seen: denial({ Action: 's3:DeleteBucket', Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'UAIS' } } }),
  },
  {
    numbers: [19],
    name: 'somebody who is spared by a pattern that others could claim',
    find: ({ statement }) =>
      conditionsOf(statement)
        .filter(({ key }) => /^aws:PrincipalArn$/i.test(key))
        .flatMap(({ values }) => values)
        .find((arn) => !/^arn:[a-z-]+:iam::\d{12}:role\/(uais\/(projects|service)\/[^/]*|[^*?]+)$/.test(arn)),
    seen: denial({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/UAIS-*' } } }),
  },
]
