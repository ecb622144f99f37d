import { describe, expect, it } from 'vitest'
import { policySize, sizeLimits } from './size.ts'

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }
const spaced = JSON.stringify(document, null, 2)

describe('policySize', () => {
  it('leaves white space out where IAM does', () => {
    expect(policySize(spaced, 'managed').size).toBe(JSON.stringify(document).length)
  })

  it('counts white space where Organizations and STS do', () => {
    expect(policySize(spaced, 'scp').size).toBe(spaced.length)
    expect(policySize(spaced, 'session').size).toBe(spaced.length)
  })

  it('counts bytes where S3 and KMS do', () => {
    expect(policySize({ Id: 'é' }, 'bucket').size).toBe(11)
    expect(policySize({ Id: 'é' }, 'managed').size).toBe(10)
  })

  it('adds up the inline policies of a role', () => {
    const one = policySize(document, 'role-inline').size
    expect(policySize([document, document], 'role-inline')).toMatchObject({ size: 2 * one, fits: true })
  })

  it('tells when a policy does not fit', () => {
    const big = { Statement: 'x'.repeat(2_048) }
    expect(policySize(big, 'trust')).toMatchObject({ limit: 2_048, fits: false })
    expect(policySize(big, 'trust', { ...sizeLimits, trust: { ...sizeLimits.trust, limit: 8_192 } }).fits).toBe(true)
  })

  it('fits at exactly the limit', () => {
    const empty = JSON.stringify({ Id: '' }).length
    expect(policySize({ Id: 'x'.repeat(5_120 - empty) }, 'rcp')).toMatchObject({ size: 5_120, fits: true })
    expect(policySize({ Id: 'x'.repeat(5_121 - empty) }, 'rcp').fits).toBe(false)
  })
})
