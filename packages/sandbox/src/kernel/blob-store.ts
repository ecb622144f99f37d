import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Blobs } from './operation.ts'

/**
 * Bytes on disk, named by their SHA-256 and a random part: equal bytes are kept once per put, so that
 * deleting one object never takes another's bytes away.
 */
export class BlobStore implements Blobs {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
    mkdirSync(directory, { recursive: true })
  }

  put(bytes: Uint8Array): { id: string; bytes: number; md5: string; sha256: string } {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const md5 = createHash('md5').update(bytes).digest('hex')
    const id = `${sha256}-${randomBytes(6).toString('hex')}`
    mkdirSync(join(this.#directory, id.slice(0, 2)), { recursive: true })
    writeFileSync(this.#path(id), bytes, { flag: 'wx' })
    return { id, bytes: bytes.length, md5, sha256 }
  }

  get(id: string): Buffer {
    return readFileSync(this.#path(id))
  }

  delete(id: string): void {
    rmSync(this.#path(id), { force: true })
  }

  #path(id: string): string {
    if (!/^[0-9a-f]{64}-[0-9a-f]{12}$/.test(id)) throw new Error(`reading a blob: '${id}' is not a blob's id`)
    return join(this.#directory, id.slice(0, 2), id)
  }
}

/** The blobs of one call: what a failed call stored is removed, what it deleted is kept. */
export class CallBlobs implements Blobs {
  readonly #store: BlobStore
  readonly #stored: string[] = []
  readonly #deleted: string[] = []

  constructor(store: BlobStore) {
    this.#store = store
  }

  put(bytes: Uint8Array) {
    const blob = this.#store.put(bytes)
    this.#stored.push(blob.id)
    return blob
  }

  get(id: string): Buffer {
    return this.#store.get(id)
  }

  delete(id: string): void {
    this.#deleted.push(id)
  }

  commit(): void {
    for (const id of this.#deleted.splice(0)) this.#store.delete(id)
    this.#stored.length = 0
  }

  rollback(): void {
    for (const id of this.#stored.splice(0)) this.#store.delete(id)
    this.#deleted.length = 0
  }

  mergeInto(outer: CallBlobs): void {
    outer.#stored.push(...this.#stored)
    outer.#deleted.push(...this.#deleted)
  }
}
