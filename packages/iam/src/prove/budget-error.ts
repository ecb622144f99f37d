/** A search that would take too long: its answer is `unknown`, and the message says why. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError'
}
