import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AwsError } from './aws-error.ts'
import { BlobStore } from './blob-store.ts'
import type { CallRecord } from './call-record.ts'
import { FileJournal } from './journal.ts'
import { Kernel } from './kernel.ts'
import type { Call, Operation } from './operation.ts'
import type { Principal } from './principal.ts'
import type { Service } from './service.ts'
import { Store } from './store.ts'

const root: Principal = { type: 'root', account: '300000000003', accessKeyId: 'AKIA' }

let directory: string
let kernel: Kernel
let troubles: string[]
let records: CallRecord[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'uais-kernel-'))
  troubles = []
  records = []
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** A kernel with one service: SSM's operations, with the handlers that a test needs. */
function boot(handlers: Record<string, (call: Call) => unknown>, more: Partial<Service> = {}): void {
  const operations = Object.entries(handlers).map(
    ([name, handle]): Operation<object, object> => ({
      name,
      access: () => [],
      handle: (_input, call) => handle(call) as object,
    }),
  )
  const service: Service = {
    name: 'ssm',
    model: 'ssm',
    scope: 'region',
    operations,
    onRecord: (record) => {
      records.push(record)
    },
    ...more,
  }
  kernel = new Kernel({
    services: [service],
    store: new Store(new FileJournal(join(directory, 'journal'))),
    blobs: new BlobStore(join(directory, 'blobs')),
    log: { info: () => undefined, error: (fields, message) => troubles.push(`${message}: ${fields.error}`) },
    settleMs: 0,
  })
}

const outside = () =>
  kernel.background(kernel.service('ssm'), { account: root.account, region: 'eu-west-1', principal: root })
const run = (operation: string, input: object = {}) => outside().invoke('ssm', operation, input)
const keys = () => [...outside().table('Row').entries()].map(([key]) => key)
const put = (call: Call, key: string) => call.table('Row').put(key, { key })

describe('a call that fails', () => {
  it('leaves nothing behind, neither rows nor blobs nor work', async () => {
    let worked = false
    let blob = ''
    boot({
      ListDocuments: (call) => {
        put(call, 'a')
        blob = call.blobs.put(Buffer.from('x')).id
        call.afterwards(async () => {
          worked = true
        })
        throw new AwsError('Refused', 'no')
      },
    })
    await expect(run('ListDocuments')).rejects.toThrow('no')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([keys(), worked]).toEqual([[], false])
    expect(() => outside().blobs.get(blob)).toThrow('ENOENT')
  })

  it('takes back what the calls it made have written', async () => {
    boot({
      ListDocuments: async (call) => {
        await call.invoke('ssm', 'ListAssociations', {})
        throw new AwsError('Refused', 'no')
      },
      ListAssociations: (call) => put(call, 'inner'),
    })
    await expect(run('ListDocuments')).rejects.toThrow('no')
    expect(keys()).toEqual([])
    expect(records.map(({ eventName, errorCode }) => [eventName, errorCode])).toEqual([
      ['ListAssociations', undefined],
      ['ListDocuments', 'Refused'],
    ])
  })

  it('by a mistake of the handler is answered with 501, which clients do not repeat, and logged', async () => {
    boot({
      ListDocuments: () => {
        throw new TypeError('x is not a function')
      },
    })
    await expect(run('ListDocuments')).rejects.toMatchObject({ code: 'InternalFailure', status: 501 })
    expect(troubles).toEqual(['handling a call: TypeError: x is not a function'])
  })

  it('because nobody wrote it says so', async () => {
    boot({})
    await expect(run('ListDocuments')).rejects.toMatchObject({
      code: 'NotImplemented',
      status: 501,
      message: 'The sandbox does not implement ssm:ListDocuments.',
    })
  })
})

describe('a call that succeeds', () => {
  it('keeps its rows over a restart, with those of the calls it made', async () => {
    const handlers = {
      ListDocuments: async (call: Call) => {
        put(call, 'outer')
        await call.invoke('ssm', 'ListAssociations', {})
      },
      ListAssociations: (call: Call) => put(call, 'inner'),
    }
    boot(handlers)
    await run('ListDocuments')
    boot(handlers)
    expect(keys()).toEqual(['outer', 'inner'])
  })

  it('then does its further work, whose writes are kept one by one', async () => {
    boot({
      ListDocuments: (call) => {
        call.afterwards(async (later) => {
          put(later, 'first')
          boot({})
          throw new Error('ended here')
        })
      },
    })
    await run('ListDocuments')
    await expect.poll(keys).toEqual(['first'])
  })

  it('gives rows as copies, and refuses what is not JSON', async () => {
    boot({})
    const table = outside().table<{ list: number[] }>('Row')
    table.put('a', { list: [1] })
    table.get('a')?.list.push(2)
    expect(table.get('a')).toEqual({ list: [1] })
    expect(() => table.put('b', { list: new Map() as never })).toThrow('a Map is not a JSON value')
  })
})

it('goes on when an observer has trouble, and undoes what that has written', async () => {
  boot(
    { ListDocuments: (call) => put(call, 'a') },
    {
      onRecord: (_record, call) => {
        put(call, 'half')
        throw new Error('full')
      },
    },
  )
  await run('ListDocuments')
  expect([keys(), troubles]).toEqual([['a'], ['observing a call: Error: full']])
})

it('hides what the model calls a secret from the records', async () => {
  boot({ PutParameter: () => ({ Version: 1 }) })
  await run('PutParameter', { Name: 'n', Value: 'secret', Type: 'SecureString' })
  expect(records[0]?.requestParameters).toEqual({
    name: 'n',
    value: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    type: 'SecureString',
  })
})
