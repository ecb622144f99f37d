import { catalogueActions } from '@uais/iam'
import { conditionsOf, does, grant, grants, has, isAllow, type KnownError, list } from './known-error.ts'

/** Whose ARNs say region and account; without them nothing matches. */
const regional = /^arn:[^:]+:(cloudtrail|ec2|events|kms|logs|sagemaker|secretsmanager|sqs):(:|[^:]*::)/
const unfinishedSecret = /:secretsmanager:.*:secret:.*(?<!\*|-\?{6}|-[A-Za-z0-9]{6})$/
const acrossProjects = [
  'sagemaker:ListModels',
  'sagemaker:ListTrainingJobs',
  'sagemaker:QueryLineage',
  'sagemaker:Search',
]
const principal = (statement: { Principal?: unknown }, kind: 'AWS' | 'Service') =>
  list((statement.Principal as Record<string, string | string[]> | undefined)?.[kind])

/** Errors that stand in what is granted, to whom and on what. */
export const inGrants: readonly KnownError[] = [
  {
    numbers: [5],
    name: 'a service that may enter a role for any account',
    find: ({ statement }) =>
      does(statement, 'sts:AssumeRole') && !has(statement, 'StringEquals', 'aws:SourceAccount')
        ? principal(statement, 'Service')[0]
        : undefined,
    seen: grant({ Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }),
  },
  {
    numbers: [5, 16],
    name: 'tagging that is granted without a limit',
    find: (standing) =>
      grants(standing) &&
      list(standing.statement.Action).some((action) => /^sagemaker:(\*|Add\*|AddTags)$/.test(action)) &&
      !conditionsOf(standing.statement).some(({ key }) => /TaggingAction|(Request|Resource)Tag/.test(key))
        ? 'sagemaker:AddTags'
        : undefined,
    seen: grant({ Action: 'sagemaker:AddTags', Resource: '*' }),
  },
  {
    numbers: [6],
    name: 'an ARN that matches nothing',
    find: ({ statement }) =>
      [...list(statement.Resource), ...list(statement.NotResource)].find(
        (arn) => regional.test(arn) || unfinishedSecret.test(arn),
      ),
    seen: grant({ Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:::secret:x-??????' }),
  },
  {
    numbers: [6],
    name: 'a wildcard that is taken as it stands',
    find: ({ statement }) =>
      conditionsOf(statement).find(
        ({ operator, values }) => /String(Not)?Equals/.test(operator) && values.some((value) => /[*?]/.test(value)),
      )?.key,
    seen: grant({ Condition: { StringEquals: { 's3:prefix': 'users/x/*' } } }),
  },
  {
    numbers: [7, 15],
    name: "a project's listing of a bucket that a missing prefix opens, or that takes in a neighbour",
    find({ document, statement }) {
      if (!/^(project|data-source)\//.test(document) || !isAllow(statement)) return undefined
      if (!list(statement.Action).some((action) => /^s3:(\*|List\*|ListBucket)$/.test(action))) return undefined
      const prefixes = list(statement.Condition?.StringLike?.['s3:prefix']).map(String)
      return prefixes.length > 0 && prefixes.every((prefix) => /\/\*?$/.test(prefix)) ? undefined : 's3:ListBucket'
    },
    seen: grant({ Action: 's3:ListBucket', Condition: { StringLikeIfExists: { 's3:prefix': 'users/x/*' } } }),
  },
  {
    numbers: [8],
    name: 'lists across projects in the hands of one',
    async find({ document, statement }) {
      if (!document.startsWith('project/') || !isAllow(statement)) return undefined
      const actions = await Promise.all(list(statement.Action).map((pattern) => catalogueActions(pattern)))
      return actions.flat().find(({ action }) => acrossProjects.includes(action))?.action
    },
    seen: grant({ Action: 'sagemaker:List*', Resource: '*' }),
  },
  {
    numbers: [10],
    name: 'a trust in a whole account, or without the id and the name of who comes',
    find({ statement }) {
      const trusted = principal(statement, 'AWS')
      if (!does(statement, 'sts:AssumeRole') || trusted.length === 0) return undefined
      const exact = trusted.every((arn) => /^arn:[a-z-]+:iam::\d{12}:role\/[^*?]+$/.test(arn))
      const known =
        has(statement, 'StringEquals', 'sts:ExternalId') && has(statement, 'StringLike', 'sts:SourceIdentity')
      return exact && known ? undefined : trusted[0]
    },
    seen: grant({ Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::200000000002:root' } }),
  },
  {
    numbers: [20],
    name: 'a key that another account may use, or that somebody uses by themselves',
    find(standing) {
      const { document, statement } = standing
      if (!grants(standing)) return undefined
      const foreign =
        document === 'account/key' && principal(statement, 'AWS').find((arn) => !arn.includes('300000000003'))
      const decrypts = list(statement.Action).some((action) => /^kms:(\*|Decrypt|De\*)$/.test(action))
      // The logs service names no other service that it would come through; its key context binds it instead.
      const isBound = conditionsOf(statement).some(({ key }) => /^kms:(ViaService|EncryptionContext:)/.test(key))
      return foreign || (decrypts && !isBound ? 'kms:Decrypt' : undefined)
    },
    seen: grant({ Action: 'kms:*', Principal: { AWS: 'arn:aws:iam::200000000002:root' } }, 'account/key'),
  },
]
