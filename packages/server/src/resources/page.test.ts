import { describe, expect, it } from 'vitest'
import { pageOfArray } from './array-page.ts'
import { containing, decodeCursor, encodeCursor } from './page.ts'

describe('cursors', () => {
  it('come back as they were given', () => {
    const position = { at: '2026-11-22T04:10:00.123456', id: '7f1f9e3c-53e2-4f6e-9a3b-0d6f3a4c1b2a' }
    expect(decodeCursor(encodeCursor(position))).toEqual(position)
  })

  it.each(['', 'x', '%00', Buffer.from("2026' or 1=1 --").toString('base64url')])('refuses %j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(/cursor is not one/)
  })
})

it('a search for % and _ means these signs', () => {
  expect(containing('50%_a\\')).toBe('%50\\%\\_a\\\\%')
})

describe('pageOfArray', () => {
  const letters = ['a', 'b', 'c', 'd', 'e']
  const page = (request: object) => pageOfArray(letters, { limit: 2, ...request }, String, String)

  it('walks through all items once', () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { items, nextCursor, total } = page({ cursor })
      expect(total).toBe(5)
      seen.push(...items)
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(letters)
  })

  it('searches before it pages, and refuses foreign cursors', () => {
    expect(page({ search: 'C' })).toEqual({ items: ['c'], nextCursor: null, total: 1 })
    expect(() => page({ cursor: 'xyz' })).toThrow(/cursor/)
  })
})
