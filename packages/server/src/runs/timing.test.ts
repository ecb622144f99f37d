import { expect, it } from 'vitest'
import { enterPhase, medianSeconds, secondsOf } from './timing.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))

it('closes the open phase and opens the next; an end opens none', () => {
  const queued = enterPhase([], 'queued', at(0), false)
  const planning = enterPhase(queued, 'planning', at(2), false)
  const ended = enterPhase(planning, 'succeeded', at(9), true)
  expect(ended.map((timing) => [timing.phase, secondsOf(timing)])).toEqual([
    ['queued', 2],
    ['planning', 7],
  ])
})

it('counts an open phase up to now', () => {
  const [open] = enterPhase([], 'applying', at(0), false)
  expect(secondsOf(open!, at(30))).toBe(30)
})

it('takes the median of each phase over closed ones', () => {
  const run = (seconds: number) => enterPhase(enterPhase([], 'planning', at(0), false), 'failed', at(seconds), true)
  expect(medianSeconds([run(1), run(9), run(2)]).get('planning')).toBe(2)
  expect(medianSeconds([run(1), run(2)]).get('planning')).toBe(1.5)
  expect(medianSeconds([]).size).toBe(0)
})
