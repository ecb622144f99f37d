import { expect, it } from 'vitest'
import { seal, unseal } from './seal.ts'

const key = Buffer.alloc(32, 1)
const plan = Buffer.from('a plan with a password in it')

it('opens with the same key for the same run only', () => {
  const sealed = seal(key, 'run-1', plan)
  expect(sealed.includes('password')).toBe(false)
  expect(unseal(key, 'run-1', sealed)).toEqual(plan)
  expect(() => unseal(key, 'run-2', sealed)).toThrow(/another key or for another run/)
  expect(() => unseal(Buffer.alloc(32, 2), 'run-1', sealed)).toThrow(/another key/)
})

it('refuses a single changed bit', () => {
  const sealed = seal(key, 'run-1', plan)
  sealed[sealed.length - 1]! ^= 1
  expect(() => unseal(key, 'run-1', sealed)).toThrow(/opening the stored plan/)
})

it('never seals alike twice', () => expect(seal(key, 'r', plan)).not.toEqual(seal(key, 'r', plan)))
