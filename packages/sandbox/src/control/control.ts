import type { Kernel } from '../kernel/kernel.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { bodyOf, json, problem } from './answer.ts'
import { getContainerCredentials, postCredentials } from './credentials.ts'
import { postFault } from './faults.ts'
import { putSpend } from './spend.ts'

export const controlPrefix = '/_sandbox/'

/** Doors of whoever runs the sandbox, not of AWS: health, sign-in, faults, time to settle, what was spent. */
export function control(kernel: Kernel, request: HttpRequest): HttpAnswer {
  const [noun = '', ...rest] = request.path.slice(controlPrefix.length).split('/').map(decodeURIComponent)
  const refusal = refuse(request, noun)
  if (refusal) return refusal
  switch (`${request.method} ${noun}`) {
    case 'GET health':
      return json(200, { status: 'ready', services: [...new Set(kernel.services.map((service) => service.name))] })
    case 'POST credentials':
      return postCredentials(kernel, request)
    case 'GET container-credentials':
      return getContainerCredentials(kernel, rest[0] ?? '', rest[1] ?? '')
    case 'GET faults':
      return json(200, { faults: kernel.faults.list() })
    case 'POST faults':
      return postFault(kernel, request)
    case 'DELETE faults':
      return deleteFaults(kernel, rest[0])
    case 'PUT spend':
      return putSpend(kernel, request)
    case 'PUT settle':
      return putSettle(kernel, request)
    default:
      return problem(404, `the sandbox has no '${request.method} ${request.path}'`)
  }
}

/** A page in a browser can reach localhost: a loopback Host and a header that needs a preflight keep it out. */
function refuse(request: HttpRequest, noun: string): HttpAnswer | undefined {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    return problem(403, `the sandbox's control answers on a loopback name only, not on '${host}'`)
  }
  if (noun === 'container-credentials' || noun === 'health' || request.headers['x-uais-sandbox'] === '1')
    return undefined
  return problem(403, "the sandbox's control demands the header 'x-uais-sandbox: 1'")
}

function deleteFaults(kernel: Kernel, id: string | undefined): HttpAnswer {
  if (id === undefined) kernel.faults.clear()
  else if (!kernel.faults.remove(id)) return problem(404, `there is no fault '${id}'`)
  return json(200, { faults: kernel.faults.list() })
}

function putSettle(kernel: Kernel, request: HttpRequest): HttpAnswer {
  const milliseconds = bodyOf(request)?.milliseconds
  if (!Number.isInteger(milliseconds) || (milliseconds as number) < 0) {
    return problem(400, 'setting the time to settle: send {"milliseconds": whole number}')
  }
  kernel.settleMs = milliseconds as number
  return json(200, { milliseconds })
}
