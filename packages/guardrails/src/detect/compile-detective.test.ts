import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { params, strictest } from '../case-world.ts'
import { catalogue } from '../catalogue.ts'
import { anywhere, correlationSearches, splunkApp } from '../splunk/app.ts'
import { backupsOf, compileDetective, detections } from './compile-detective.ts'
import { configRules } from './config-rules.ts'

const splunk = { url: 'https://hec.example.com:8088', index: 'aws', secret: 'uais/splunk' }

describe('detections', () => {
  it('name controls that there are, and themselves once', () => {
    const ids = catalogue.map(({ id }) => id)
    for (const { source, name, backs } of detections) {
      expect(backs.length, `${source} ${name}`).toBeGreaterThan(0)
      expect(
        backs.filter((id) => !ids.includes(id)),
        `${source} ${name}`,
      ).toEqual([])
    }
    const names = detections.map(({ source, name }) => `${source} ${name}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it.each(catalogue.map(({ id }) => id))('back %s', (id) => {
    expect(backupsOf(id).length).toBeGreaterThan(0)
  })
})

describe('the documents', () => {
  it('are the same bytes for the same parameters', () => {
    expect(JSON.stringify(compileDetective(structuredClone(strictest)))).toBe(
      JSON.stringify(compileDetective(strictest)),
    )
  })

  it('hold Config rules only where they were asked for', () => {
    expect(compileDetective(params).configRules).toEqual({})
    const rules = compileDetective({ ...params, config: true }).configRules
    expect(Object.keys(rules)).toHaveLength(configRules.length)
    expect(rules['uais-sagemaker-notebook-instance-inside-vpc']).toEqual({
      description: 'Finds a notebook instance outside of the agreed subnets (NET-1)',
      identifier: 'SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC',
      parameters: { SubnetIds: params.network.subnetIds.join(',') },
    })
  })

  it('take a name of at most 128 characters and a description of at most 256, as PutConfigRule does', () => {
    for (const [name, { description }] of Object.entries(compileDetective({ ...params, config: true }).configRules)) {
      expect(name.length).toBeLessThanOrEqual(128)
      expect(description.length).toBeLessThanOrEqual(256)
    }
  })

  it('hold patterns that are JSON objects of lists, as EventBridge takes them', () => {
    const lists = (value: unknown): boolean =>
      Array.isArray(value) || (typeof value === 'object' && value !== null && Object.values(value).every(lists))
    for (const { pattern } of Object.values(compileDetective(params).eventRules))
      expect(lists(JSON.parse(pattern))).toBe(true)
  })

  it('send to Splunk by TLS only, with the token left in its secret', () => {
    expect(compileDetective(params).splunk.forwarding).toBeUndefined()
    const { forwarding } = compileDetective({ ...params, splunk }).splunk
    expect(forwarding?.destination.endpoint).toBe('https://hec.example.com:8088/services/collector/event')
    expect(forwarding?.connection.header).toEqual({
      name: 'Authorization',
      valuePrefix: 'Splunk ',
      secret: 'uais/splunk',
    })
    expect(forwarding?.template).toBe('{"index":"aws","sourcetype":"aws:cloudtrail","source":"uais","event":<detail>}')
    expect(() => compileDetective({ ...params, splunk: { ...splunk, url: 'http://hec.example.com' } })).toThrow(/TLS/)
  })
})

describe('the Splunk app', () => {
  const stanzas = (text: string) => text.split(/^(?=\[)/m).filter((part) => part.startsWith('['))

  it.each(Object.entries(splunkApp(anywhere)))('%s is current (else run scripts/write-splunk.ts)', (name, text) => {
    expect(readFileSync(new URL(`../../splunk/${name}`, import.meta.url), 'utf8')).toBe(text)
  })

  it('looks at the accounts it was made for', () => {
    const macros = splunkApp({ index: 'aws', accounts: ['300000000003'] })['default/macros.conf']
    expect(macros).toContain('definition = index=aws sourcetype=aws:cloudtrail recipientAccountId IN (300000000003)\n')
  })

  it('has one stanza a search, each in one line, with brackets and quotes that close', () => {
    const text = splunkApp(anywhere)['default/savedsearches.conf']!
    expect(stanzas(text)).toHaveLength(correlationSearches.length)
    for (const { name, search } of correlationSearches) {
      expect(search, name).not.toContain('\n')
      expect(search, name).toMatch(/^`uais_(cloudtrail|others)` /)
      const plain = search.replace(/"(?:[^"\\]|\\.)*"/g, '""')
      expect(plain.split('(').length, name).toBe(plain.split(')').length)
      expect(search.split('"').length % 2, name).toBe(1)
    }
  })
})
