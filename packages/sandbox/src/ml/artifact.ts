import { gunzipSync, gzipSync } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import type { Model } from './model.ts'

/** Name of the model's file inside `model.tar.gz`. */
const modelFile = 'model.json'

/** Packs a model as SageMaker stores it: a gzipped tar. The same model gives the same bytes, so digests compare. */
export async function packModel(model: Model): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: modelFile, mtime: new Date(0), mode: 0o644 }, JSON.stringify(model, null, 1))
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(chunk as Buffer)
  return gzipSync(Buffer.concat(chunks))
}

/** Reads a model back from `model.tar.gz`. Throws when the bytes are no such artifact. */
export async function loadModel(bytes: Uint8Array): Promise<Model> {
  const archive = extract()
  archive.end(gunzipSync(bytes))
  for await (const entry of archive) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    if (entry.header.name !== modelFile) continue
    const model = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Model
    if (model.algorithm === 'linear-learner' || model.algorithm === 'xgboost') return model
  }
  throw new Error(`loading the model: the archive holds no ${modelFile} of a known algorithm`)
}
