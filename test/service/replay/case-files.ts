import { readdirSync, readFileSync } from 'node:fs'
import type { PolicyStatement, ProofBundle } from '@uais/iam'
import { account } from './statements.ts'

/** A case of the prover's own tests, as a world that can be built. */
export interface CorpusCase {
  name: string
  bundle: ProofBundle
  /** Statements of an SCP with which the case says that every way is shut; absent: the request itself is denied. */
  closedBy?: PolicyStatement[]
  /** The steps that the case tells of, as `principal action resource`. */
  steps?: RegExp[]
}

/** The cases tell of an account that is not the sandbox's, and two names in them are taken there. */
const realNames: [string, string][] = [
  ['111122223333', account],
  ['role/Admin', 'role/Administrator'],
  ['role/break-glass', 'role/emergency'],
]

/** All cases of a folder of packages/iam/cases, in the sandbox's names. */
export function casesOf<Case>(folder: 'prove' | 'chains'): Case[] {
  const directory = new URL(`../../../packages/iam/cases/${folder}/`, import.meta.url)
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, directory), 'utf8')
      return JSON.parse(realNames.reduce((all, [from, to]) => all.replaceAll(from, to), text)) as Case[]
    })
}

/** A bundle as it goes over the wire: what is undefined is not there. */
export const clean = (bundle: ProofBundle): ProofBundle => JSON.parse(JSON.stringify(bundle)) as ProofBundle
