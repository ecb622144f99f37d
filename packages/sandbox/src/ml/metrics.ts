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

/**
 * Area under the ROC curve by the rank sum (Mann-Whitney): the chance that a positive row scores above a negative
 * one, ties counting half. 0.5 where a class has no rows.
 */
export function areaUnderCurve(labels: readonly number[], scores: readonly number[]): number {
  const order = scores.map((_, row) => row).sort((a, b) => scores[a]! - scores[b]!)
  let rankSum = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++
    const rank = (start + 1 + end) / 2
    for (let index = start; index < end; index++) if (labels[order[index]!] === 1) rankSum += rank
    start = end
  }
  const positives = labels.filter((label) => label === 1).length
  const pairs = positives * (labels.length - positives)
  return pairs === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / pairs
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
