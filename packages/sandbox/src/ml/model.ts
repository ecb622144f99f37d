/** A trained model as `model.json` in the artifact holds it: plain numbers that anyone can read and recompute. */
export type Model = LinearModel | BoostedModel

/** Score of output `k` = `weights[k] · features + bias[k]`; classifiers put it through the logistic function. */
export interface LinearModel {
  algorithm: 'linear-learner'
  predictorType: 'regressor' | 'binary_classifier' | 'multiclass_classifier'
  featureCount: number
  weights: number[][]
  bias: number[]
}

interface Split {
  feature: number
  /** Rows below the threshold go left. */
  threshold: number
  left: TreeNode
  right: TreeNode
}

export type TreeNode = Split | { leaf: number }

/** Margin of output `k` = `baseScore[k]` plus the leaves that `rounds[*][k]` reach. */
export interface BoostedModel {
  algorithm: 'xgboost'
  objective: 'reg:squarederror' | 'binary:logistic' | 'multi:softprob' | 'multi:softmax'
  featureCount: number
  baseScore: number[]
  rounds: TreeNode[][]
}

export interface Prediction {
  /** Regression value, probability of class 1, or a probability per class. */
  score: number | number[]
  /** Classifiers only. */
  predictedLabel?: number
}

/** Predicts one row of features. The caller checks `featureCount`. */
export function predict(model: Model, features: readonly number[]): Prediction {
  if (isRegression(model)) return { score: margins(model, features)[0]! }
  const probabilities = classProbabilities(model, features)
  const predictedLabel = probabilities.indexOf(Math.max(...probabilities))
  return { score: probabilities.length === 2 && isBinary(model) ? probabilities[1]! : probabilities, predictedLabel }
}

export function isRegression(model: Model): boolean {
  return model.algorithm === 'xgboost' ? model.objective === 'reg:squarederror' : model.predictorType === 'regressor'
}

/** Probability of each class; binary models give [P(0), P(1)]. */
export function classProbabilities(model: Model, features: readonly number[]): number[] {
  const raw = margins(model, features)
  if (isBinary(model)) return [1 - logistic(raw[0]!), logistic(raw[0]!)]
  // One-versus-all scores are independent, so they are normalised; boosted margins go through softmax.
  return model.algorithm === 'xgboost' ? softmax(raw) : normalise(raw.map(logistic))
}

export function margins(model: Model, features: readonly number[]): number[] {
  if (model.algorithm === 'linear-learner')
    return model.weights.map((weights, output) =>
      weights.reduce((sum, weight, index) => sum + weight * features[index]!, model.bias[output]!),
    )
  return model.baseScore.map((base, output) =>
    model.rounds.reduce((sum, trees) => sum + leafOf(trees[output]!, features), base),
  )
}

export function leafOf(tree: TreeNode, features: readonly number[]): number {
  let node = tree
  while (!('leaf' in node)) node = features[node.feature]! < node.threshold ? node.left : node.right
  return node.leaf
}

export function softmax(values: readonly number[]): number[] {
  const largest = Math.max(...values)
  return normalise(values.map((value) => Math.exp(value - largest)))
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

function isBinary(model: Model): boolean {
  return model.algorithm === 'xgboost'
    ? model.objective === 'binary:logistic'
    : model.predictorType === 'binary_classifier'
}

function normalise(values: number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}
