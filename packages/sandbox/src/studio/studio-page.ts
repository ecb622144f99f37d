import { readFileSync } from 'node:fs'
import { escapeHtml } from '../entra/page.ts'
import type { StudioSession } from './state.ts'

const style = readFileSync(new URL('studio.css', import.meta.url), 'utf8')
const template = readFileSync(new URL('studio.html', import.meta.url), 'utf8')

/** The page's own script: the only one it may run. */
export const script = readFileSync(new URL('studio.js', import.meta.url), 'utf8')

/** Who one is here stands in the page itself; lists and jobs are filled in by the script. */
export function studioHtml(session: StudioSession): string {
  const facts: [string, string][] = [
    ['User profile', session.userProfileName],
    ['Source identity', session.identityPropagates ? session.userProfileName : 'not propagated by this domain'],
    ['Execution role', session.executionRoleArn],
    ['Project', session.tags['uais:project'] ?? '–'],
    ...(session.spaceName ? ([['Space', session.spaceName]] as [string, string][]) : []),
    ['Domain', session.domainId],
    ['Network', session.network ? `${session.network.vpcId}, ${session.network.subnetIds.join(', ')}` : 'not in a VPC'],
    ['Session ends', session.expiresAt],
  ]
  const rows = facts.map(([label, value]) => `<div><dt>${label}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')
  return document(
    'Studio',
    template.replace('{{identity}}', () => rows),
  )
}

export function errorPage(message: string): string {
  return document('Studio', `<main><h1>Studio</h1><p role="alert">${escapeHtml(message)}</p></main>`)
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · SageMaker sandbox</title><link rel="icon" href="data:,"><style>${style}</style></head><body>${body}</body></html>`
}
