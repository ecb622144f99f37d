import { type CartNode, DecisionTreeRegression } from 'ml-cart'
import { Hyperparameters } from './hyperparameters.ts'
import type { Log } from './linear-learner.ts'
import { mean } from './metrics.ts'
import { type BoostedModel, leafOf, logistic, softmax, type TreeNode } from './model.ts'
import { seededRandom, shuffled } from './random.ts'
import { checkClasses, type LabelledRows } from './table.ts'

/** Hyperparameters of the SageMaker Developer Guide, "XGBoost hyperparameters"; the second line has no effect here. */
const known = [
  ...['objective', 'num_round', 'num_class', 'eta', 'max_depth', 'subsample', 'lambda', 'seed', 'base_score'],
  ...['eval_metric', 'verbosity', 'silent', 'nthread', 'tree_method', 'booster', 'gamma', 'alpha', 'min_child_weight'],
]
const objectives = ['reg:squarederror', 'binary:logistic', 'multi:softprob', 'multi:softmax'] as const
/** Nodes of fewer rows are not split: ml-cart's own default. */
const smallestNode = 3
/**
 * Most rows that a tree's splits are sought in. ml-cart tries every split of every row, so it takes the square of
 * them; a random sample finds nearly the same splits (Friedman, "Stochastic Gradient Boosting"), and the leaves are
 * made of all rows.
 */
const largestSearch = 300

interface Settings {
  objective: BoostedModel['objective']
  rounds: number
  outputs: number
  rate: number
  depth: number
  share: number
  penalty: number
  seed: number
}

/** Called after each round with the model so far, to log and to measure. */
export type OnRound = (round: number, model: BoostedModel) => void

/**
 * Gradient boosting over ml-cart's regression trees. Each tree's splits fit the negative gradient; its leaves are
 * Newton steps with L2 penalty `lambda` (Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System", equation 5).
 */
export function trainXgboost(
  values: Record<string, string>,
  data: LabelledRows,
  log: Log,
  onRound: OnRound,
): BoostedModel {
  const settings = readSettings(values)
  if (settings.objective !== 'reg:squarederror') checkClasses(data.labels, Math.max(settings.outputs, 2))
  const model: BoostedModel = {
    algorithm: 'xgboost',
    objective: settings.objective,
    featureCount: data.features[0]!.length,
    baseScore: baseScore(settings, data.labels),
    rounds: [],
  }
  log(`Train matrix has ${data.labels.length} rows and ${model.featureCount} columns`)
  const random = seededRandom(settings.seed)
  const margins = data.labels.map(() => [...model.baseScore])
  for (let round = 0; round < settings.rounds; round++) {
    const sample = rowsOfRound(data.labels.length, settings.share, random)
    const predictions = margins.map((row) => probabilities(settings.objective, row))
    const searched = sample.length > largestSearch ? shuffled(sample, random).slice(0, largestSearch) : sample
    const trees = model.baseScore.map((_, output) =>
      growTree({ data, sample, searched, predictions, output, settings }),
    )
    model.rounds.push(trees)
    for (const [row, margin] of margins.entries())
      for (const [output, tree] of trees.entries()) margin[output]! += leafOf(tree, data.features[row]!)
    onRound(round, model)
  }
  return model
}

function readSettings(values: Record<string, string>): Settings {
  const parameters = new Hyperparameters(values, known)
  const objective = parameters.choice('objective', objectives, 'reg:squarederror')
  return {
    objective,
    rounds: parameters.integer('num_round', [1, 100_000]),
    outputs: objective.startsWith('multi:') ? parameters.integer('num_class', [2, 1e6]) : 1,
    rate: parameters.number('eta', [0, 1], 0.3),
    depth: parameters.integer('max_depth', [1, 100], 6),
    share: parameters.number('subsample', [1e-9, 1], 1),
    penalty: parameters.number('lambda', [0, 1e9], 1),
    seed: parameters.integer('seed', [-2_147_483_648, 2_147_483_647], 0),
  }
}

/** Regression starts from the mean label; classifiers from even odds. */
function baseScore(settings: Settings, labels: number[]): number[] {
  return settings.objective === 'reg:squarederror' ? [mean(labels)] : Array.from({ length: settings.outputs }, () => 0)
}

function rowsOfRound(count: number, share: number, random: () => number): number[] {
  const all = Array.from({ length: count }, (_, row) => row)
  return share === 1 ? all : shuffled(all, random).slice(0, Math.max(1, Math.round(count * share)))
}

function probabilities(objective: Settings['objective'], margin: number[]): number[] {
  if (objective === 'reg:squarederror') return margin
  return objective === 'binary:logistic' ? margin.map(logistic) : softmax(margin)
}

interface Growth {
  data: LabelledRows
  /** Rows that make the leaves, and those in which splits are sought. */
  sample: number[]
  searched: number[]
  predictions: number[][]
  output: number
  settings: Settings
}

function growTree({ data, sample, searched, predictions, output, settings }: Growth): TreeNode {
  const residual = (row: number) => {
    const target = settings.outputs > 1 ? Number(data.labels[row] === output) : data.labels[row]!
    return target - predictions[row]![output]!
  }
  const curvature = (row: number) => {
    const predicted = predictions[row]![output]!
    return settings.objective === 'reg:squarederror' ? 1 : Math.max(predicted * (1 - predicted), 1e-16)
  }
  const cart = new DecisionTreeRegression({ maxDepth: settings.depth, minNumSamples: smallestNode })
  cart.train(
    searched.map((row) => data.features[row]!),
    searched.map(residual),
  )
  const leaves = { rows: data.features, residual, curvature, settings }
  return newtonTree(cart.toJSON().root, sample, leaves)
}

interface Leaves {
  rows: number[][]
  residual: (row: number) => number
  curvature: (row: number) => number
  settings: Settings
}

/** Keeps the splits that ml-cart found and replaces each leaf by its regularised Newton step. */
function newtonTree(node: CartNode, members: number[], leaves: Leaves): TreeNode {
  const { splitColumn, splitValue, left, right } = node
  if (left && right && splitColumn !== undefined && splitValue !== undefined) {
    const below = members.filter((row) => leaves.rows[row]![splitColumn]! < splitValue)
    const above = members.filter((row) => leaves.rows[row]![splitColumn]! >= splitValue)
    return {
      feature: splitColumn,
      threshold: splitValue,
      left: newtonTree(left, below, leaves),
      right: newtonTree(right, above, leaves),
    }
  }
  const total = members.reduce((sum, row) => sum + leaves.residual(row), 0)
  const curvature = members.reduce((sum, row) => sum + leaves.curvature(row), 0)
  return { leaf: (leaves.settings.rate * total) / (curvature + leaves.settings.penalty) }
}
