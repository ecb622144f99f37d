/** Probability floor, so that a certain but wrong prediction has a large, finite loss (as XGBoost does). */
const floor = 1e-15

/** Share of rows whose predicted class is the label. `probabilities[row][class]`. */
export function accuracy(labels: readonly number[], probabilities: readonly number[][]): number {
  const right = labels.filter((label, row) => argMax(probabilities[row]!) === label).length
  return right / labels.length
}

/** Mean negative log-likelihood in nats. */
export function logLoss(labels: readonly number[], probabilities: readonly number[][]): number {
  const losses = labels.map((label, row) => -Math.log(Math.max(probabilities[row]![label] ?? 0, floor)))
  return mean(losses)
}

/** Root of the mean squared error, in the label's unit. */
export function rootMeanSquaredError(labels: readonly number[], predictions: readonly number[]): number {
  return Math.sqrt(mean(labels.map((label, row) => (label - predictions[row]!) ** 2)))
}

function argMax(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
