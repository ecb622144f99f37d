import { expect, it } from 'vitest'
import { sentenceOf } from './sentence.ts'

const ordinary = { 'aws:RequestedRegion': 'eu-west-1', 'aws:SecureTransport': true, 'aws:ViaAWSService': 'false' }
const request = { principal: 'arn:aws:iam::111122223333:role/a', action: 's3:GetObject', resource: 'arn:aws:s3:::b/x' }
const here = { region: 'eu-west-1', organizationId: 'o-a1b2c3d4e5' }

it('leaves out what every request from the account holds', () => {
  const context = { ...ordinary, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 's3:prefix': 'p/' }
  const step = { ...request, action: 'sts:AssumeRole', resource: '*', context: ordinary }
  expect(sentenceOf({ ...request, context, steps: [step] }, here)).toBe(
    'role/a does sts:AssumeRole; and then role/a does s3:GetObject on arn:aws:s3:::b/x (s3:prefix = p/).',
  )
})

it('says what is out of the ordinary', () => {
  const context = {
    'aws:RequestedRegion': 'us-east-1',
    'aws:SecureTransport': 'false',
    'aws:PrincipalOrgID': 'o-other',
  }
  expect(sentenceOf({ ...request, context, steps: [] }, here)).toContain(
    '(aws:RequestedRegion = us-east-1; aws:SecureTransport = false)',
  )
})
