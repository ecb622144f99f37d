import { type Log, trainLinearLearner } from './linear-learner.ts'
import { accuracy, areaUnderCurve, logLoss, rootMeanSquaredError } from './metrics.ts'
import { classProbabilities, isRegression, type Model, margins } from './model.ts'
import { type LabelledRows, parseTrainingData } from './table.ts'
import { clientError } from './training-error.ts'
import { trainXgboost } from './xgboost.ts'

export type Algorithm = 'linear-learner' | 'xgboost'

export interface TrainingRequest {
  algorithm: Algorithm
  hyperparameters: Record<string, string>
  /** CSV files of each channel: `train` is required; `validation` and `test` are measured. */
  channels: Record<string, readonly Uint8Array[]>
}

export interface TrainingResult {
  model: Model
  /** Metric names as the algorithm's documentation lists them, e.g. `validation:accuracy`. */
  metrics: Record<string, number>
}

const measured = ['train', 'validation', 'test']

/** Trains one model, in this thread. Throws TrainingError for what a person can fix. */
export function train(request: TrainingRequest, log: Log): TrainingResult {
  const { algorithm, hyperparameters, channels } = request
  const strange = Object.keys(channels).find((channel) => !measured.includes(channel))
  if (strange) throw clientError(`Channel '${strange}' is not supported. Supported channels: ${measured.join(', ')}`)
  if (!channels.train) throw clientError("Missing required channel 'train'")
  const data = new Map(Object.entries(channels).map(([name, files]) => [name, parseTrainingData(name, files)]))
  const width = data.get('train')!.features[0]!.length
  for (const [name, rows] of data)
    if (rows.features[0]!.length !== width)
      throw clientError(
        `The '${name}' channel has ${rows.features[0]!.length} features, the 'train' channel has ${width}`,
      )
  const model = fit(algorithm, hyperparameters, data, log)
  const metrics = measure(model, data)
  for (const [name, value] of Object.entries(metrics)) log(`#quality_metric: host=algo-1, ${name}=${value}`)
  return { model, metrics }
}

function fit(algorithm: Algorithm, hyperparameters: Record<string, string>, data: Map<string, LabelledRows>, log: Log) {
  const rows = data.get('train')!
  if (algorithm === 'linear-learner') return trainLinearLearner(hyperparameters, rows, log)
  return trainXgboost(hyperparameters, rows, log, (round, model) => {
    if (round % 10 === 0) log(`[${round}]#011${roundMetrics(model, data)}`)
  })
}

/** As the XGBoost container logs it: `[0]#011train-rmse:…#011validation-rmse:…`. */
function roundMetrics(model: Model, data: Map<string, LabelledRows>): string {
  return [...data]
    .map(([channel, rows]) => {
      const [name = '', value = 0] = Object.entries(channelMetrics(model, rows))[0] ?? []
      return `${channel}-${name}:${value.toFixed(5)}`
    })
    .join('#011')
}

function measure(model: Model, data: Map<string, LabelledRows>): Record<string, number> {
  return Object.fromEntries(
    [...data].flatMap(([channel, rows]) =>
      Object.entries(channelMetrics(model, rows)).map(([name, value]) => [`${channel}:${name}`, value] as const),
    ),
  )
}

/**
 * Metrics by the names of "Tune a linear learner model" and "Tune an XGBoost Model" (SageMaker Developer Guide).
 * The first one is the objective's own.
 */
function channelMetrics(model: Model, { labels, features }: LabelledRows): Record<string, number> {
  if (isRegression(model)) {
    const rmse = rootMeanSquaredError(
      labels,
      features.map((row) => margins(model, row)[0]!),
    )
    return model.algorithm === 'xgboost'
      ? { rmse, mse: rmse ** 2 }
      : { objective_loss: rmse ** 2, mse: rmse ** 2, rmse }
  }
  const probabilities = features.map((row) => classProbabilities(model, row))
  const right = accuracy(labels, probabilities)
  const loss = logLoss(labels, probabilities)
  const xgboost = model.algorithm === 'xgboost'
  if (probabilities[0]!.length > 2)
    return xgboost
      ? { mlogloss: loss, merror: 1 - right, accuracy: right }
      : { objective_loss: loss, multiclass_accuracy: right, accuracy: right }
  const auc = areaUnderCurve(
    labels,
    probabilities.map((row) => row[1]!),
  )
  return xgboost
    ? { logloss: loss, error: 1 - right, accuracy: right, auc }
    : { objective_loss: loss, binary_classification_accuracy: right, accuracy: right, roc_auc_score: auc }
}
