/**
 * A person's browser, small: follows redirects, keeps cookies, posts forms. For tests and demonstrations that
 * sign in over the same pages a person would use.
 */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>()

  /** Signs in as `personId`; resolves with the URL below `redirectUri` that the tenant sent the browser to. */
  async signIn(authorizationUrl: URL, personId: string, redirectUri: string): Promise<URL> {
    const loginUrl = await this.#follow(authorizationUrl, redirectUri)
    if (loginUrl.href.startsWith(redirectUri)) return loginUrl
    return this.#choose(loginUrl, personId, redirectUri)
  }

  /** Types the device code, confirms it and signs in; resolves with the last page's HTML. */
  async confirmDevice(verificationUri: URL, userCode: string, personId: string): Promise<string> {
    const typed = await (await this.#request(verificationUri)).text()
    const confirmPage = await this.#post(verificationUri, { xsrf: hidden(typed, 'xsrf'), user_code: userCode })
    const confirmed = await confirmPage.text()
    const form = { xsrf: hidden(confirmed, 'xsrf'), user_code: userCode, confirm: 'yes' }
    const toLogin = await this.#post(verificationUri, form)
    const loginUrl = new URL(toLogin.headers.get('location') ?? '', verificationUri)
    const chosen = await this.#post(loginUrl, { person: personId })
    return (await this.#request(new URL(chosen.headers.get('location') ?? '', loginUrl))).text()
  }

  async #choose(loginUrl: URL, personId: string, redirectUri: string): Promise<URL> {
    const answer = await this.#post(loginUrl, { person: personId })
    const next = answer.headers.get('location')
    if (!next) throw new Error(`signing in: ${alertOf(await answer.text())}`)
    return this.#follow(new URL(next, loginUrl), redirectUri)
  }

  /** Follows redirects until a page answers, or until `stopAt` is reached. */
  async #follow(from: URL, stopAt: string): Promise<URL> {
    let url = from
    for (let hop = 0; hop < 10; hop++) {
      if (url.href.startsWith(stopAt)) return url
      const answer = await this.#request(url)
      const next = answer.headers.get('location')
      if (!next) {
        if (answer.ok) return url
        throw new Error(`signing in: ${url.pathname} answered ${answer.status} ${alertOf(await answer.text())}`)
      }
      url = new URL(next, url)
    }
    throw new Error('signing in: too many redirects')
  }

  async #post(url: URL, form: Record<string, string>): Promise<Response> {
    return this.#request(url, { method: 'POST', body: new URLSearchParams(form) })
  }

  async #request(url: URL, init: RequestInit = {}): Promise<Response> {
    const sent = [...this.#cookies].filter(([, cookie]) => url.pathname.startsWith(cookie.path))
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    return answer
  }

  #keep(line: string) {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const path = attributes.find((each) => each.startsWith('path='))?.slice('path='.length) ?? '/'
    this.#cookies.set(name, { value: pair.slice(name.length + 1), path })
  }
}

function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
}

function alertOf(html: string): string {
  return /class="error"[^>]*>([^<]*)</.exec(html)?.[1] ?? html.slice(0, 200)
}
