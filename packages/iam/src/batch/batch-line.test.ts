import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateBatchLine } from './batch-line.ts'

const account = '111122223333'
const allow = { Version: '2012-10-17', Statement: { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' } }
const line = {
  id: 'c1',
  request: {
    principal: `arn:aws:iam::${account}:role/Admin`,
    action: 'sagemaker:DeleteEndpoint',
    resource: { arn: `arn:aws:sagemaker:eu-west-1:${account}:endpoint/x` },
    context: { 'aws:ResourceTag/ManagedBy': 'UAIS', 'aws:TagKeys': ['a', 'b'] },
  },
  identityPolicies: [{ name: 'admin', policy: allow }],
}
const answer = (given: unknown) => JSON.parse(evaluateBatchLine(JSON.stringify(given)))

describe('evaluateBatchLine', () => {
  it('answers with the decision and the statement that decided it', () => {
    expect(answer(line)).toEqual({
      id: 'c1',
      decision: 'Allowed',
      because: [
        expect.objectContaining({ policy: 'admin', statement: 0, effect: 'Allow', type: 'identity', sid: 'All' }),
      ],
    })
  })

  it('takes absent and null as "there is none", and an empty list as "one that grants nothing"', () => {
    for (const key of ['permissionsBoundaries', 'sessionPolicies', 'serviceControlPolicies', 'endpointPolicies']) {
      expect(answer({ ...line, [key]: null }).decision).toBe('Allowed')
      expect(answer({ ...line, [key]: [] }).decision).toBe('ImplicitlyDenied')
    }
    expect(answer({ ...line, resourcePolicy: null }).decision).toBe('Allowed')
    expect(answer({ ...line, identityPolicies: undefined }).decision).toBe('ImplicitlyDenied')
  })

  it('keeps the id of a malformed line, whatever it is', () => {
    expect(answer({ id: 7 })).toEqual({
      id: 7,
      error: { code: 'INVALID_REQUEST', message: expect.stringContaining('request is missing') },
    })
    expect(answer({})).toMatchObject({ id: null, error: { code: 'INVALID_REQUEST' } })
  })

  it('says which policy is malformed, and where', () => {
    const broken = {
      Version: '2012-10-17',
      Statement: [allow.Statement, { ...allow.Statement, Sid: 'B', NotAction: 's3:*' }],
    }
    const { error } = answer({ ...line, identityPolicies: [{ name: 'admin', policy: broken }] })
    expect(error).toEqual({
      code: 'UNSUPPORTED_ELEMENT_COMBINATION',
      message: "identityPolicies[0] 'admin': Statement[1]: Action and NotAction exclude each other",
    })
  })

  it.each(['', 'x', '[]', 'null', '3', '"text"', '{"id":'])('answers %j with an error', (text) => {
    expect(JSON.parse(evaluateBatchLine(text))).toMatchObject({ id: null, error: { code: expect.any(String) } })
  })

  it('never throws, and always answers one line of JSON', () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 3, '', 'x', '*', '__proto__', ...Object.keys(line)),
        tie('list'),
        tie('record'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      record: fc.dictionary(
        fc.constantFrom(
          ...Object.keys(line),
          'Statement',
          'policy',
          'name',
          'principal',
          'arn',
          'context',
          '__proto__',
        ),
        tie('value'),
      ),
    })).value
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(line), 'resourcePolicy', 'kmsGrants', 'serviceControlPolicies'),
        anything,
        (key, value) => {
          const text = evaluateBatchLine(JSON.stringify({ ...line, [key]: value }))
          expect(text).not.toContain('\n')
          expect(Object.keys(JSON.parse(text))[0]).toBe('id')
          expect(text).not.toContain('INTERNAL_ERROR')
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
