import LogisticRegression from 'ml-logistic-regression'
import { Matrix, solve } from 'ml-matrix'
import { Hyperparameters } from './hyperparameters.ts'
import { mean } from './metrics.ts'
import type { LinearModel } from './model.ts'
import { checkClasses, type LabelledRows } from './table.ts'

/** Hyperparameters of the SageMaker Developer Guide, "Linear Learner Hyperparameters", that have a meaning here. */
const known = [
  'predictor_type',
  'num_classes',
  'feature_dim',
  'mini_batch_size',
  'epochs',
  'wd',
  'learning_rate',
  'normalize_data',
  'loss',
  'num_models',
  'binary_classifier_model_selection_criteria',
]
const predictorTypes = ['regressor', 'binary_classifier', 'multiclass_classifier'] as const
/** Full-batch steps for one epoch: a mini-batch pass makes many updates where gradient descent makes one. */
const stepsPerEpoch = 100

export type Log = (line: string) => void

/** Linear and logistic regression: ridge least squares by QR (ml-matrix), one-versus-all by ml-logistic-regression. */
export function trainLinearLearner(
  values: Record<string, string>,
  { labels, features }: LabelledRows,
  log: Log,
): LinearModel {
  const parameters = new Hyperparameters(values, known)
  const predictorType = parameters.choice('predictor_type', predictorTypes)
  const featureCount = parameters.integer('feature_dim', [1, 1e6], features[0]!.length)
  if (featureCount !== features[0]!.length)
    log(`feature_dim is ${featureCount}, but the data has ${features[0]!.length} features: using the data`)
  const scale = standardisation(features)
  const rows = features.map((row) => [
    ...row.map((value, column) => (value - scale.means[column]!) / scale.deviations[column]!),
    1,
  ])
  log(`training ${predictorType} on ${rows.length} rows of ${features[0]!.length} features`)
  const outputs =
    predictorType === 'regressor'
      ? [leastSquares(rows, labels, parameters.number('wd', [0, 1e9], 0))]
      : logisticWeights(rows, labels, predictorType, parameters)
  return { algorithm: 'linear-learner', predictorType, featureCount: features[0]!.length, ...unscale(outputs, scale) }
}

function leastSquares(rows: number[][], labels: number[], decay: number): number[] {
  const width = rows[0]!.length
  // A tiny ridge keeps constant or repeated columns solvable; the intercept is not penalised.
  const strength = Math.sqrt(Math.max(decay, 1e-9) * rows.length)
  const ridge = Array.from({ length: width - 1 }, (_, at) =>
    rows[0]!.map((_value, column) => (column === at ? strength : 0)),
  )
  const left = new Matrix([...rows, ...ridge])
  const right = Matrix.columnVector([...labels, ...ridge.map(() => 0)])
  return solve(left, right).getColumn(0)
}

function logisticWeights(
  rows: number[][],
  labels: number[],
  predictorType: 'binary_classifier' | 'multiclass_classifier',
  parameters: Hyperparameters,
): number[][] {
  const binary = predictorType === 'binary_classifier'
  const classes = binary ? 2 : parameters.integer('num_classes', [3, 1e6])
  checkClasses(labels, classes)
  const width = rows[0]!.length
  const trainer = new LogisticRegression({
    numSteps: parameters.integer('epochs', [1, 10_000], 15) * stepsPerEpoch,
    // The library adds the gradients of all rows; the bound of the logistic loss's curvature makes this step stable.
    learningRate: parameters.number('learning_rate', [1e-9, 4], 2) / (width * rows.length),
  })
  trainer.train(new Matrix(rows), Matrix.columnVector(labels))
  const weights = trainer.classifiers.map((classifier) => classifier.weights.getRow(0).map((weight) => -weight))
  const all = Array.from({ length: classes }, (_, index) => weights[index] ?? absent(width))
  return binary ? [all[1]!] : all
}

/** A class without rows: never predicted. */
function absent(width: number): number[] {
  return Array.from({ length: width }, (_, index) => (index === width - 1 ? -30 : 0))
}

function standardisation(features: number[][]) {
  const columns = features[0]!.map((_, column) => features.map((row) => row[column]!))
  const means = columns.map(mean)
  const deviations = columns.map(
    (column, index) => Math.sqrt(mean(column.map((value) => (value - means[index]!) ** 2))) || 1,
  )
  return { means, deviations }
}

/** Rewrites weights of standardised features as weights of the features themselves. */
function unscale(outputs: number[][], { means, deviations }: ReturnType<typeof standardisation>) {
  const weights = outputs.map((output) => deviations.map((deviation, column) => output[column]! / deviation))
  const bias = outputs.map(
    (output, index) => output.at(-1)! - means.reduce((sum, value, column) => sum + value * weights[index]![column]!, 0),
  )
  return { weights, bias }
}
