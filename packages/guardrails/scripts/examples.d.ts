import { type AccountParams, type Network } from '../src/index.ts'
/** What earlier stacks made, as later ones need it. */
export interface Live {
  network: Network
  keyArn: string
  domainId: string
}
/** A data owner of the sandbox organisation, with the sandbox's account ids. */
export declare const exampleAccount: AccountParams
/** Ids in AWS's format that stand for what the stack `account` makes. */
export declare const placeholders: Live
/** Variables of every example by `<stack>/<name>`, for the given live things. */
export declare const examples: (live?: Live) => Record<string, object>
