import { reasonOf, Unreachable } from './exit.ts'

/** A request to another than the UAIS API; `what` names whom. @throws Unreachable */
export async function reach(what: string, url: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(url, init).catch((error: unknown) => {
    throw new Unreachable(`${what} cannot be reached at ${new URL(url).origin} (${reasonOf(error)})`)
  })
}
