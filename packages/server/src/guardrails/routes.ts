import type { Handlers } from '../access/route.ts'
import { pageOfArray } from '../resources/array-page.ts'
import { guardrails } from './guardrails.ts'

export const guardrailRoutes = {
  'guardrails.list': {
    on: 'Platform',
    handle: async ({ query }) =>
      pageOfArray(
        guardrails(),
        query,
        (guardrail) => guardrail.id,
        (guardrail) => `${guardrail.id} ${guardrail.title} ${guardrail.words}`,
      ),
  },
} satisfies Partial<Handlers>
