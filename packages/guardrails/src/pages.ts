import { catalogue } from './catalogue.ts'
import type { Category, Control } from './control.ts'
import { backupsOf } from './detect/compile-detective.ts'
import { invariantInWords } from './in-words.ts'
import type { AccountParams, Profile, ProjectParams } from './params.ts'

const categories: Record<Category, string> = {
  immutability: 'Immutability',
  identity: 'Identity',
  isolation: 'Isolation to the person',
  network: 'Network',
  data: 'Data',
  deployment: 'Deployment',
  cost: 'Cost',
  monitoring: 'Monitoring',
}
const profiles: readonly Profile[] = ['standard', 'regulated']

type Params = AccountParams | ProjectParams

/** `docs/guardrails.md`: what a security team reviews, by category. `params` is the account that the examples are of. */
export function guardrailsPage(params: Params): string {
  const rooms = Object.entries(categories).map(([category, title]) => {
    const controls = catalogue.filter((control) => control.category === category)
    return [`## ${title}`, '', ...controls.flatMap((control) => controlSection(control, params))].join('\n')
  })
  return [
    '# Guardrails',
    '',
    'Written by `packages/guardrails/scripts/write-docs.ts` from the catalogue; a test keeps it current. Every invariant',
    'is proved for both profiles by `packages/guardrails/src/bundle/profiles.test.ts`: over all actions of the action catalogue,',
    'all principals that there are or that could be made, and all values of the condition keys. Account ids and ids of',
    "resources are the sandbox's. What no policy can promise: [what is not guaranteed](not-guaranteed.md).",
    '',
    '| control | promise | enforced by |',
    '|---|---|---|',
    ...catalogue.map(
      ({ id, title, enforcedBy }) => `| [${id}](#${anchor(id, title)}) | ${title} | ${enforcedBy.join(', ')} |`,
    ),
    '',
    ...rooms,
  ].join('\n')
}

/** `docs/not-guaranteed.md`: the limits of all controls, and why. */
export function notGuaranteedPage(): string {
  return [
    '# What is not guaranteed, and why',
    '',
    'Written by `packages/guardrails/scripts/write-docs.ts`. A promise that hides its edge is worth nothing: here are the',
    'edges, of the whole first, then of each [control](guardrails.md).',
    '',
    ...general.map(({ title, why }) => `- **${title}** ${why}`),
    '',
    ...catalogue.flatMap(({ id, title, limits }) =>
      limits.length === 0 ? [] : [`## ${id} ${title}`, '', ...limits.map((limit) => `- ${limit}`), ''],
    ),
  ].join('\n')
}

const general = [
  {
    title: 'An account outside an organization is repaired, not locked.',
    why:
      'Without a service control policy its administrators and root user can undo anything; UAIS then detects and ' +
      'repairs, and says so wherever it shows the control.',
  },
  {
    title: 'The management account is not bound.',
    why: 'Service control policies do not apply to it nor to service-linked roles (AWS Organizations User Guide).',
  },
  {
    title: 'People see data.',
    why:
      'Who may read a table may remember it, photograph it or type it into another window. The network, the keys and ' +
      'the endpoints keep programs from sending it; nothing keeps a person from knowing it.',
  },
  {
    title: 'Some things leave the account by design.',
    why:
      "Names, metrics, digests and run logs are in the platform's database, Terraform state is in the platform's " +
      "bucket, and a Studio page is shown in a person's browser.",
  },
  {
    title: 'A proof is about policies.',
    why:
      'It holds for the documents, the action catalogue in its pinned version, and the assumptions that are printed ' +
      'with it. It says nothing of faults in AWS itself; live documents are read back and proved again.',
  },
]

function controlSection(control: Control, params: Params): string[] {
  const invariants = control.invariants?.(params) ?? []
  const only = onlyIn(control, params)
  const backups = backupsOf(control.id)
  return [
    `### ${control.id} ${control.title}`,
    '',
    control.words,
    '',
    `- Enforced by: ${control.enforcedBy.join(', ')}${only ? `; profile \`${only}\` only` : ''}`,
    ...(invariants.length > 0 ? ['- Proved:'] : []),
    ...invariants.map((invariant) => `  - \`${invariant.id}\`: ${invariantInWords(invariant)}`),
    ...(control.limits.length > 0 ? ['- Limits:'] : []),
    ...control.limits.map((limit) => `  - ${limit}`),
    ...(backups.length > 0
      ? [`- Found afterwards by: ${backups.map(({ source, name }) => `${source} \`${name}\``).join(', ')}`]
      : []),
    `- Sources: ${control.sources.join('; ')}`,
    '',
  ]
}

/** The one profile in which the control states anything, if it does not in the other. */
function onlyIn(control: Control, params: Params): Profile | undefined {
  const stating = profiles.filter((profile) => control.statements({ ...params, profile }).length > 0)
  return stating.length === 1 ? stating[0] : undefined
}

/** GitHub's anchor of a heading. */
const anchor = (id: string, title: string): string =>
  `${id} ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
