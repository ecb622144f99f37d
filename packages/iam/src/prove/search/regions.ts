import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'

/** Form of every region's name (AWS General Reference, "AWS service endpoints"). */
export const regionForm = '[a-z]{2}(-[a-z]+)+-[0-9]'

export const regions = new Dfa(nfaOfRegex(regionForm))

/** Regions that stand for all others, where policies do not tell them apart. */
export const usualRegions: readonly string[] = ['us-east-1', 'eu-central-1', 'ap-southeast-2']
