import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DirectoryStore } from './directory-store.ts'
import { isLoopback, readBody, sendJson } from './http.ts'

export const controlPrefix = '/_entra/'

/**
 * What an Entra administrator would do by hand, for tests and rehearsals: members of a group, and old delta
 * tokens. Loopback Host and the header `x-uais-sandbox: 1` only, so that no web page can call it.
 */
export async function control(request: IncomingMessage, response: ServerResponse, directory: DirectoryStore) {
  if (!isLoopback(request) || request.headers['x-uais-sandbox'] !== '1')
    return sendJson(response, 403, { error: 'Sandbox controls need a loopback Host and the header x-uais-sandbox: 1.' })
  const path = (request.url ?? '').slice(controlPrefix.length).split('?')[0] ?? ''
  if (request.method === 'GET' && path === 'directory')
    return sendJson(response, 200, { people: directory.people(), groups: directory.groups() })
  if (request.method === 'POST' && path === 'delta/expire') {
    directory.expireDeltas()
    return sendJson(response, 200, { expired: true })
  }
  const [, group, member] = /^groups\/([^/]+)\/members(?:\/([^/]+))?$/.exec(path) ?? []
  if (!group) return sendJson(response, 404, { error: `No sandbox control at '${path}'.` })
  if (request.method === 'POST') return change(response, directory, group, (await bodyMember(request)) ?? '', true)
  if (request.method === 'DELETE' && member) return change(response, directory, group, member, false)
  return sendJson(response, 405, { error: 'Use POST {"member": id} or DELETE .../members/{id}.' })
}

function change(response: ServerResponse, directory: DirectoryStore, group: string, member: string, present: boolean) {
  if (!directory.group(group)) return sendJson(response, 404, { error: `No group with the id '${group}'.` })
  if (!directory.person(member) && !directory.group(member))
    return sendJson(response, 404, { error: `No person or group with the id '${member}'.` })
  const id = directory.person(member)?.id ?? member
  return sendJson(response, 200, { group, member: id, changed: directory.setMember(group, id, present) })
}

async function bodyMember(request: IncomingMessage): Promise<string | undefined> {
  try {
    return (JSON.parse(await readBody(request)) as { member?: string }).member
  } catch {
    return undefined
  }
}
