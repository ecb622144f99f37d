import type { KoaContextWithOIDC } from 'oidc-provider'
import { escapeHtml, messagePage, page } from './page.ts'

/** Pages of the device code flow: type the code, confirm it, done. `form` is the provider's own hidden form. */
export const deviceCodePages = {
  userCodeInputSource(context: KoaContextWithOIDC, form: string, _out?: unknown, error?: Error) {
    const problem = error ? '<p class="error">That code did not work. Check it and try again.</p>' : ''
    context.body = page(
      'Enter code',
      `<h1>Enter code</h1><p>Type the code that the command line shows.</p>${problem}${form}
<p><button type="submit" form="op.deviceInputForm">Next</button></p>`,
    )
  },
  userCodeConfirmSource(
    context: KoaContextWithOIDC,
    form: string,
    client: { clientName?: string | undefined; clientId: string },
    _device: unknown,
    userCode: string,
  ) {
    context.body = page(
      'Confirm sign-in',
      `<h1>Sign in to ${escapeHtml(client.clientName ?? client.clientId)}?</h1>
<p>Continue only if your own command line shows this code:</p><p><code>${escapeHtml(userCode)}</code></p>${form}
<p class="row"><button type="submit" form="op.deviceConfirmForm">Continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button></p>`,
    )
  },
  successSource(context: KoaContextWithOIDC) {
    context.body = messagePage('You are signed in', 'You can close this page and go back to the command line.')
  },
}
