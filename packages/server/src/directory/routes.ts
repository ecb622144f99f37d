import type { Handlers } from '../access/route.ts'

/** Pickers: the best matches by name. Graph has the pages; a person types one letter more instead of turning them. */
export const directoryRoutes = {
  'directory.groups': {
    on: 'Platform',
    handle: async ({ context, query }) => {
      const groups = await context.directory.searchGroups(query.search ?? '', query.limit)
      const items = groups.map((group) => ({ ...group, memberCount: null }))
      return { items, nextCursor: null, total: items.length }
    },
  },
  'directory.users': {
    on: 'Platform',
    handle: async ({ context, query }) => {
      const items = await context.directory.searchPeople(query.search ?? '', query.limit)
      return { items, nextCursor: null, total: items.length }
    },
  },
} satisfies Partial<Handlers>
