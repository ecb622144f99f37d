import { describe, expect, it } from 'vitest'
import type { AccountPlace } from './stack.ts'
import { tamperFinding } from './tamper.ts'

const place = {
  account: { id: 'a1', name: 'claims', status: { outputs: { domainId: 'd-abc', dataBucket: 'uais-data-1-r' } } },
  params: { partition: 'aws', awsAccountId: '300000000003' },
} as unknown as AccountPlace

const call = (eventName: string, requestParameters: object, issuer: string, more: object = {}) => ({
  id: 'e1',
  source: 'aws.sagemaker',
  'detail-type': 'AWS API Call via CloudTrail',
  account: '300000000003',
  time: '2026-01-01T00:00:00Z',
  detail: {
    eventName,
    eventSource: 'sagemaker.amazonaws.com',
    requestParameters,
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: issuer } } },
    ...more,
  },
})
const admin = 'arn:aws:iam::300000000003:role/admin'

describe('tamperFinding', () => {
  it('reports a change by someone else to what the platform made', () =>
    expect(tamperFinding(place, call('UpdateDomain', { domainId: 'd-abc' }, admin))).toMatchObject({
      type: 'tamper',
      title: "sagemaker:UpdateDomain changed 'd-abc' outside UAIS",
      actor: admin,
      cause: 'sagemaker:UpdateDomain',
    }))
  it('reports a denied try as a guardrail that held', () =>
    expect(
      tamperFinding(place, call('DeleteDomain', { domainId: 'd-abc' }, admin, { errorCode: 'AccessDenied' }))?.type,
    ).toBe('guardrail'))
  it('knows our things by name as well', () =>
    expect(tamperFinding(place, call('DeleteRole', { roleName: 'uais-fraud-studio' }, admin))?.type).toBe('tamper'))
  it.each([
    [
      'the platform’s own calls',
      call('UpdateDomain', { domainId: 'd-abc' }, 'arn:aws:iam::300000000003:role/uais/uais-provision'),
    ],
    ['calls on other things', call('UpdateDomain', { domainId: 'd-other' }, admin)],
    [
      'events that are no calls',
      { ...call('X', { domainId: 'd-abc' }, admin), 'detail-type': 'SageMaker Endpoint State Change' },
    ],
    [
      'what AWS does by itself',
      call('UpdateDomain', { domainId: 'd-abc' }, admin, {
        userIdentity: { type: 'AWSService', invokedBy: 'sagemaker.amazonaws.com' },
      }),
    ],
  ])('passes over %s', (_, event) => expect(tamperFinding(place, event)).toBeUndefined())
  it('does not trust a role of the same name in another account', () =>
    expect(
      tamperFinding(
        place,
        call('UpdateDomain', { domainId: 'd-abc' }, 'arn:aws:iam::999999999999:role/uais/uais-provision'),
      ),
    ).toBeDefined())
})
