import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import type { Person } from './directory.ts'
import type { DirectoryStore } from './directory-store.ts'
import { readForm } from './http.ts'
import { escapeHtml, page } from './page.ts'

/**
 * The sign-in page: GET lists the people (and filters them by `search`), POST signs one in. The interaction's
 * signed SameSite cookie must match the id in the path, so another site cannot post the form.
 */
export async function signIn(
  request: IncomingMessage,
  response: ServerResponse,
  { provider, directory }: { provider: Provider; directory: DirectoryStore },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const interaction = await provider.interactionDetails(request, response)
  const client = await provider.Client.find(String(interaction.params.client_id ?? ''))
  const application = client?.clientName ?? 'the application'
  if (interaction.uid !== url.pathname.split('/').at(-1)) return html(response, 400, page('Sign in', expired))
  const search = url.searchParams.get('search') ?? ''
  if (request.method !== 'POST')
    return html(
      response,
      200,
      page('Sign in', listing({ people: directory.people(), search, application, problem: '' })),
    )
  const person = directory.person((await readForm(request)).get('person') ?? '')
  const problem = !person
    ? 'AADSTS50034: The user account does not exist in this directory.'
    : !directory.enabled(person.id)
      ? 'AADSTS50057: The user account is disabled.'
      : ''
  if (!person || problem)
    return html(response, 400, page('Sign in', listing({ people: directory.people(), search, application, problem })))
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.id, amr: ['pwd'] }, select_account: {} },
    { mergeWithLastSubmission: false },
  )
}

const expired = '<h1>Sign in</h1><p class="error">This sign-in has ended. Start again from the application.</p>'

interface Listing {
  people: readonly Person[]
  search: string
  application: string
  problem: string
}

function listing({ people, search, application, problem }: Listing): string {
  const wanted = search.trim().toLowerCase()
  const shown = people.filter((each) =>
    `${each.displayName} ${each.userPrincipalName} ${each.role} ${each.jobTitle}`.toLowerCase().includes(wanted),
  )
  const sections = [...new Set(shown.map((each) => each.role))].map((role) => {
    const rows = shown.filter((each) => each.role === role).map(row)
    return `<section aria-label="${escapeHtml(role)}"><h2>${escapeHtml(role)}</h2><ul>${rows.join('')}</ul></section>`
  })
  return `<h1>Sign in to ${escapeHtml(application)}</h1>
<p>Sandbox tenant: choose who you are. There are no passwords here.</p>
${problem ? `<p class="error" role="alert">${escapeHtml(problem)}</p>` : ''}
<form method="get" role="search"><label for="search">Find a person</label>
<div class="row"><input id="search" type="search" name="search" value="${escapeHtml(search)}"><button>Find</button></div></form>
<form method="post">${sections.join('') || '<p>Nobody matches.</p>'}</form>`
}

function row(person: Person): string {
  return `<li><button name="person" value="${person.id}"><span>${escapeHtml(person.displayName)}<br>
<small>${escapeHtml(person.userPrincipalName)}</small></span><small>${escapeHtml(person.jobTitle)}</small></button></li>`
}

function html(response: ServerResponse, status: number, body: string) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  })
  response.end(body)
}
