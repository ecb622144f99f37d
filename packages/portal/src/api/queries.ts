import { QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Api, type CallOptions, PlatformError, type RouteName } from '@uais/contract'
import { client } from './client.ts'

/** Nothing is retried that a retry cannot mend: refusals and bad requests stay as they are. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => !(error instanceof PlatformError) && count < 3,
      staleTime: 2_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** Reads a route and keeps it fresh. `refreshMs` is for things that move by themselves; not `enabled`, nothing is asked. */
export function useRead<N extends RouteName>(
  name: N,
  options: CallOptions<Api[N]>,
  refreshMs: number | false = false,
  enabled = true,
): UseQueryResult<Answer<Api[N]>> {
  // Typed by what is returned alone: the checker gives up on useQuery's own overloads over the union of all routes.
  const query: UseQueryResult = useQuery({
    queryKey: [name, options],
    // biome-ignore lint/suspicious/noExplicitAny: the tuple type of the client is conditional on the route
    queryFn: ({ signal }) => (client.call as any)(name, { ...options, signal }),
    refetchInterval: refreshMs,
    enabled,
  })
  return query as UseQueryResult<Answer<Api[N]>>
}

/** Forgets everything read so far: after a change the next look is at the server's truth. */
export function useForget(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries()
}
