import { params, sam } from '../case-world.ts'
import type { Profile } from '../params.ts'
import { caseWitnesses } from './case-witnesses.ts'
import { type MutationReport, mutate } from './survivors.ts'

/** Mutation of a profile as it is shipped, in the account of the cases: takes about a quarter of a minute of one core. */
export const mutateProfile = (profile: Profile): Promise<MutationReport> =>
  mutate({ ...params, profile }, sam, caseWitnesses(undefined))
