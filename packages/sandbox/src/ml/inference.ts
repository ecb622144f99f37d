import { type Model, type Prediction, predict } from './model.ts'
import { parseRows } from './table.ts'

/** A request that the model's container refuses; the caller turns it into SageMaker's ModelError. */
export class InferenceError extends Error {
  override name = 'InferenceError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface InferenceAnswer {
  contentType: string
  body: string
}

/**
 * Answers one invocation. Requests: `text/csv` (rows without label), `application/json` and `application/jsonlines`
 * (SageMaker Developer Guide, "Common Data Formats for Inference"). Answers: linear learner in JSON or JSON lines
 * ("Linear learner response formats"), XGBoost in CSV unless JSON is asked for.
 */
export function infer(model: Model, contentType: string, accept: string | undefined, body: string): InferenceAnswer {
  const rows = readRows(contentType.split(';')[0]!.trim().toLowerCase(), body)
  if (rows.length === 0) throw new InferenceError(400, 'No data to predict: the request has no rows.')
  for (const row of rows)
    if (row.length !== model.featureCount)
      throw new InferenceError(
        400,
        `Feature size of the request is ${row.length}, but the model was trained with ${model.featureCount}.`,
      )
  const predictions = rows.map((row) => predict(model, row))
  return encode(model, answerType(model, accept), predictions)
}

function readRows(type: string, body: string): number[][] {
  try {
    if (type === 'text/csv') return parseRows(body, 'the request')
    if (type === 'application/jsonlines')
      return body
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => features(JSON.parse(line)))
    if (type === 'application/json') {
      const parsed = JSON.parse(body) as { instances?: unknown[] }
      if (!Array.isArray(parsed.instances)) throw new Error("the key 'instances' is missing")
      return parsed.instances.map(features)
    }
  } catch (error) {
    throw new InferenceError(400, `Unable to evaluate payload provided: ${(error as Error).message}`)
  }
  throw new InferenceError(
    415,
    `Content type ${type} is not supported. Use text/csv, application/json or application/jsonlines.`,
  )
}

function features(instance: unknown): number[] {
  const row = Array.isArray(instance) ? instance : (instance as { features?: unknown } | null)?.features
  if (!Array.isArray(row) || row.some((value) => typeof value !== 'number'))
    throw new Error("each instance must have 'features', an array of numbers")
  return row as number[]
}

function answerType(model: Model, accept: string | undefined): string {
  const wanted = accept?.split(';')[0]?.trim().toLowerCase()
  if (wanted === undefined || wanted === '' || wanted === '*/*')
    return model.algorithm === 'xgboost' ? 'text/csv' : 'application/json'
  if (['text/csv', 'application/json', 'application/jsonlines'].includes(wanted)) return wanted
  throw new InferenceError(406, `Accept type ${wanted} is not supported.`)
}

function encode(model: Model, contentType: string, predictions: Prediction[]): InferenceAnswer {
  const records = predictions.map(({ score, predictedLabel }) => ({
    score,
    ...(predictedLabel === undefined ? {} : { predicted_label: predictedLabel }),
  }))
  if (contentType === 'application/json') return { contentType, body: JSON.stringify({ predictions: records }) }
  if (contentType === 'application/jsonlines')
    return { contentType, body: records.map((each) => `${JSON.stringify(each)}\n`).join('') }
  return { contentType, body: predictions.map((each) => csvCell(model, each)).join(',') }
}

/** XGBoost's container joins the rows by commas; `multi:softprob` gives a list per row, `multi:softmax` the class. */
function csvCell(model: Model, { score, predictedLabel }: Prediction): string {
  if (model.algorithm === 'xgboost' && model.objective === 'multi:softmax') return (predictedLabel ?? 0).toFixed(1)
  return Array.isArray(score) ? `[${score.join(', ')}]` : String(score)
}
