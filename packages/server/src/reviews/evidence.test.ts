import type { DataSource } from '@uais/contract'
import { expect, it } from 'vitest'
import { sourceOf } from './evidence.ts'

const source = (name: string, uri?: string) => ({ name, status: { outputs: { uri } } }) as DataSource
const sources = [source('outer', 's3://owner/claims/'), source('inner', 's3://owner/claims/2026/'), source('unready')]

it.each([
  ['s3://owner/claims/2025/a.csv', 'outer'],
  ['s3://owner/claims/2026/a.csv', 'inner'],
  ['s3://owner/claims', 'outer'],
  ['s3://owner/claims-secret/a.csv', undefined],
  ['s3://other/claims/2026/a.csv', undefined],
])('the input %s comes from %s', (uri, name) => {
  expect(sourceOf(uri, sources)?.name).toBe(name)
})
