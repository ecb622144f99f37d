import { describe, expect, it } from 'vitest'
import { params, strictest } from '../case-world.ts'
import { exampleAccount } from '../examples.ts'
import { parseAccountSpec } from './account-spec.ts'

const bad = (change: object) => () => parseAccountSpec({ ...strictest, ...change })

describe('an account specification', () => {
  it('is taken as it is when it is right', () => {
    for (const good of [params, strictest, exampleAccount])
      expect(parseAccountSpec(JSON.parse(JSON.stringify(good)))).toEqual(good)
  })

  it.each([
    ['is no object', 'x', /^should be an object, not "x"$/],
    ['is a list', [], /^should be an object/],
    ['is empty', {}, /^partition: should be a partition such as aws or aws-us-gov, not nothing$/],
  ])('says that it %s', (_, input, message) => expect(() => parseAccountSpec(input)).toThrow(message))

  it.each([
    [{ regoin: 'eu-west-1' }, /^'regoin' is none of partition, awsAccountId/],
    [{ awsAccountId: 300000000003 }, /^awsAccountId: should be twelve digits, not 300000000003$/],
    [{ accountName: 'Claims' }, /^accountName: should be a name of lower-case letters/],
    [{ profile: 'strict' }, /^profile: should be standard or regulated, not "strict"$/],
    [{ breakGlassPrincipal: 'arn:aws:iam::300000000003:role/*' }, /^breakGlassPrincipal: .*without wildcards/],
    [{ breakGlassPrincipal: 'arn:aws:iam::400000000004:role/x' }, /is of 400000000004, the account is of 300000000003/],
    [
      { keyArn: 'arn:aws:kms:us-east-1:300000000003:key/x' },
      /^keyArn: .* is of us-east-1, the account is of eu-west-1/,
    ],
    [{ keyArn: 'alias/uais' }, /^keyArn: should be the ARN of a KMS key, not "alias\/uais"$/],
    [
      { network: { ...params.network, subnetIds: [] } },
      /^network.subnetIds: should be a list of one or more, not \[\]$/,
    ],
    [{ network: { ...params.network, subnetIds: ['x'] } }, /^network.subnetIds\[0\]: should be a subnet/],
    [{ network: undefined }, /^network: is missing: a project lives in an account/],
    [{ approvedNetworks: {} }, /^approvedNetworks: names no network/],
    [{ egressProxy: { cidr: '10.0.0.0/28', port: 0 } }, /^egressProxy.port: should be a whole number from 1 to 65535/],
    [{ budgetStop: { emails: ['owner'] } }, /^budgetStop.emails\[0\]: should be an e-mail address/],
    [{ budgetStop: { emails: ['owner@example.com'] }, organizationId: undefined }, /^budgetStop: needs organizationId/],
    [{ config: 'yes' }, /^config: should be true or false, not "yes"$/],
    [{ maxRuntimeSeconds: 1.5 }, /^maxRuntimeSeconds: should be a whole number/],
    [{ project: { name: 'fraud--eu' } }, /^project.name: should be a name/],
  ])('names the fault in %j', (change, message) => expect(bad(change)).toThrow(message))
})
