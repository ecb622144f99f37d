import type { PolicyDocument, PolicyStatement } from '@uais/iam'

/** The sandbox's data owner, in whose account the worlds are built. */
export const account = '300000000003'
export const region = 'eu-west-1'

export const document = (statements: PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
})

export const everything: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' }

/** Organizations attaches it everywhere. */
export const fullAccess = { name: 'FullAWSAccess', policy: document([everything]) }

export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`
