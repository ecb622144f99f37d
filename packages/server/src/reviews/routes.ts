import type { Handlers } from '../access/route.ts'
import { visibleReviews } from '../access/visible.ts'
import { listResources } from '../resources/list.ts'
import { formInForce, formOf } from './form.ts'
import { createReview, signOff, withdrawReview } from './reviews.ts'

export const reviewRoutes = {
  'review-form.read': { on: 'Platform', handle: async () => formInForce() },
  'review-form.version': { on: 'Platform', handle: async ({ params }) => formOf(params.version) },
  'reviews.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => listResources(db, 'Review', visibleReviews(viewer), query),
  },
  'reviews.create': { on: 'ModelVersion', handle: createReview },
  'reviews.read': { on: 'Review', handle: async (_call, review) => review },
  'reviews.sign-off': { on: 'Review', handle: signOff },
  'reviews.withdraw': { on: 'Review', handle: withdrawReview },
} satisfies Partial<Handlers>
