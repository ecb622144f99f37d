import type { Answer, Api } from '@uais/contract'
import { WordedError } from '../../api/errors.ts'

type Grant = Answer<Api['data-sources.upload']>

/**
 * Posts one file with a presigned form (Amazon S3 API Reference, "POST Object"). XMLHttpRequest, since fetch has no
 * upload progress. `onProgress` gets percent.
 * @throws WordedError with S3's own code in the message
 */
export function postFile(grant: Grant, file: File, onProgress: (percent: number) => void): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(grant.fields)) form.append(name, value)
  form.append('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', grant.url)
    request.upload.onprogress = (event) => onProgress(Math.round((100 * event.loaded) / event.total))
    request.onerror = () =>
      reject(
        new WordedError(
          `${file.name} was not uploaded`,
          'The bucket did not answer this page. Nothing of the file was stored; try again.',
        ),
      )
    request.onload = () => {
      if (request.status < 300) return resolve()
      const code = /<Code>([^<]+)<\/Code>/.exec(request.responseText)?.[1] ?? `status ${request.status}`
      reject(
        new WordedError(
          `${file.name} was not uploaded`,
          `S3 refused it (${code}). Press Upload again for a fresh permission.`,
        ),
      )
    }
    request.send(form)
  })
}
