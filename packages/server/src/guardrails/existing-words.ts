import type { ExistingRisk } from '@uais/contract'

const mostInSentence = 6

/** What an account's risks are summed up from. */
export interface Sum {
  /** ARNs of its own roles and users. */
  own: readonly string[]
  administrators: ReadonlySet<string>
  /** How many promises were asked about. */
  promises: number
  /** Of each promise that somebody could break, everybody who could. */
  could: readonly (readonly string[])[]
  risks: readonly ExistingRisk[]
  /** Whether more could be able to than are named. */
  more: boolean
}

/** The sum of an account's own risks in a few sentences: how many, who they are, and what could not be said. */
export function existingInWords(sum: Sum): string {
  const undecided = sum.risks.filter(({ verdict }) => verdict === 'unknown').length
  const stopped = sum.risks.filter(({ verdict, principals }) => verdict === 'disproved' && principals.length === 0)
  return [
    whoInWords(sum),
    ...(stopped.length > 0
      ? [
          `What binds the account would keep UAIS from ${stopped.length === 1 ? '1 thing' : `${stopped.length} things`} that it must do.`,
        ]
      : []),
    ...(undecided > 0 ? [`${undecided} could not be decided.`] : []),
    ...(sum.more ? ['There may be more: of the others it could not be decided.'] : []),
  ].join(' ')
}

function whoInWords({ own, administrators, promises, could }: Sum): string {
  const all = `your ${own.length} roles and users`
  if (could.length === 0)
    return `With what you have today, none of ${all} could break any of ${promises} promises of UAIS.`
  const reach = new Map<string, number>()
  for (const arn of could.flat()) reach.set(arn, (reach.get(arn) ?? 0) + 1)
  const who = [...reach].sort(([, one], [, other]) => other - one)
  const [some, rest] = [true, false].map((is) =>
    listed(who.filter(([arn]) => administrators.has(arn) === is).map(([arn, count]) => `${nameOf(arn)} (${count})`)),
  )
  const parts = [some && `${some}, with every right`, rest && `${rest}, without`].filter(Boolean).join('; and ')
  const those = reach.size === own.length ? `all of ${all}` : `${reach.size} of ${all}`
  return `With what you have today, ${those} could break ${could.length} of ${promises} promises of UAIS: ${parts}.`
}

/** "These 3 of your roles and users could: …", those without every right first. */
export const theseCould = (arns: readonly string[]): string =>
  arns.length === 1
    ? `One of your roles and users could: ${listed(arns.map(nameOf))}.`
    : `These ${arns.length} of your roles and users could: ${listed(arns.map(nameOf))}.`

const nameOf = (arn: string) => arn.split(':').slice(5).join(':') || arn

function listed(names: readonly string[]): string {
  const left = names.length - mostInSentence
  const shown = left > 0 ? [...names.slice(0, mostInSentence), `${left} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
