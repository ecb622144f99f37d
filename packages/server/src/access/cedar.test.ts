import { readFileSync } from 'node:fs'
import { api } from '@uais/contract'
import { describe, expect, it } from 'vitest'
import { loadPolicies } from './cedar.ts'

const schema = readFileSync(new URL('./schema.cedarschema', import.meta.url), 'utf8')

describe('policies.cedar', () => {
  const policies = loadPolicies()

  it('fits its schema, which knows the action of every route', () => {
    expect(policies.ids.length).toBeGreaterThan(30)
    for (const route of Object.values(api)) expect(policies.knows(route.action), route.action).toBe(true)
    expect(policies.knows('DropEverything')).toBe(false)
  })

  const account = (paused: boolean) => ({
    uid: { type: 'Account', id: 'a' },
    attrs: { owners: { __entity: { type: 'Group', id: 'owners' } }, members: [], paused },
    parents: [],
  })
  const decide = (parents: { type: string; id: string }[], action: string, paused = false) =>
    policies.decide({
      principal: { type: 'Person', id: 'p' },
      ...{ action, resource: { type: 'Account', id: 'a' }, context: {} },
      entities: [{ uid: { type: 'Person', id: 'p' }, attrs: {}, parents }, account(paused)],
    })

  it('names the policy that decided, and why and how a forbid is answered', () => {
    const owner = [{ type: 'Group', id: 'owners' }]
    expect(decide(owner, 'CreateProject')).toMatchObject({ allowed: true, policies: ['owner-decides-in-the-account'] })
    expect(decide([], 'CreateProject')).toEqual({ allowed: false, policies: [], because: undefined, code: undefined })
    expect(decide(owner, 'CreateProject', true)).toMatchObject({
      allowed: false,
      policies: ['paused-account'],
      because: expect.stringContaining('paused'),
      code: 'conflict',
    })
  })

  it('a request that does not fit the schema is an error, not a verdict', () => {
    expect(() => decide([], 'SignOffReview')).toThrow(/deciding SignOffReview on Account/)
  })
})

describe('loading', () => {
  it.each([
    ['a policy without an id', 'permit (principal, action, resource);', /no id of its own/],
    [
      'two with one id',
      '@id("a") permit (principal, action, resource); @id("a") permit (principal, action, resource);',
      /id/,
    ],
    ['an unknown code', '@id("a") @code("teapot") forbid (principal, action, resource);', /unknown code/],
    [
      'an attribute that nothing has',
      '@id("a") permit (principal, action == Action::"ReadProject", resource) when { resource.colour == "red" };',
      /colour/,
    ],
    ['an action that nobody knows', '@id("a") permit (principal, action == Action::"Fly", resource);', /Fly/],
    ['no Cedar at all', 'everybody may everything', /reading policies.cedar/],
  ])('refuses %s', (_what, text, complaint) => {
    expect(() => loadPolicies(text, schema)).toThrow(complaint)
  })
})
