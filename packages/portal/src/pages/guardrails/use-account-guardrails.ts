import type { AccountGuardrail } from '@uais/contract'
import { useRead } from '../../api/queries.ts'

/** The whole catalogue as it stands in one account: it is filtered in the browser, by what the API does not know. */
export function useAccountGuardrails(accountId: string) {
  const read = useRead('accounts.guardrails', { params: { id: accountId }, query: { limit: 100 } }, 30_000)
  const items: AccountGuardrail[] = read.data?.items ?? []
  return { read, items }
}
