import { describe, expect, test } from 'vitest'
import { loadModel, packModel } from './artifact.ts'
import { birdStrikes, type Dataset, penguins } from './dataset.ts'
import { builtInImage, imageUri } from './image-uri.ts'
import { type InferenceError, infer } from './inference.ts'
import { accuracy, mean, areaUnderCurve as rankedArea } from './metrics.ts'
import { classProbabilities, type Model, predict } from './model.ts'
import { runTraining } from './run-training.ts'
import { parseRows } from './table.ts'
import { type TrainingRequest, train } from './train.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const silent = () => undefined
const request = (data: Dataset, algorithm: TrainingRequest['algorithm'], hyperparameters: Record<string, string>) => ({
  algorithm,
  hyperparameters,
  channels: { train: [bytes(data.train)], validation: [bytes(data.validation)] },
})
const linear = { predictor_type: 'multiclass_classifier', num_classes: '3' }
const boosted = { objective: 'multi:softprob', num_class: '3', num_round: '20', max_depth: '3' }

/** Share of the held-out rows predicted right. */
function heldOutAccuracy(model: Model, data: Dataset): number {
  const rows = parseRows(data.test, 'test')
  const labels = rows.map((row) => row[0]!)
  return accuracy(
    labels,
    rows.map((row) => classProbabilities(model, row.slice(1))),
  )
}

/** Area under the ROC curve: chance that a positive row scores above a negative one. */
function areaUnderCurve(model: Model, data: Dataset): number {
  const scored = parseRows(data.test, 'test').map((row) => ({
    positive: row[0] === 1,
    score: predict(model, row.slice(1)).score as number,
  }))
  const positives = scored.filter((each) => each.positive)
  const negatives = scored.filter((each) => !each.positive)
  return mean(
    positives.map((one) =>
      mean(negatives.map((other) => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0))),
    ),
  )
}

describe('data sets', () => {
  test('penguins: named source, three classes, disjoint splits', () => {
    const data = penguins()
    expect(data.source).toContain('vega-datasets')
    expect(data.rows).toEqual({ train: 239, validation: 52, test: 51 })
    expect(new Set(parseRows(data.test, 'test').map((row) => row[0]))).toEqual(new Set([0, 1, 2]))
  })

  test('bird strikes: a rare positive class', () => {
    const data = birdStrikes()
    const labels = parseRows(data.train, 'train').map((row) => row[0]!)
    expect(labels.length).toBe(data.rows.train)
    expect(mean(labels)).toBeGreaterThan(0.05)
    expect(mean(labels)).toBeLessThan(0.2)
  })
})

test.each([
  [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75],
  [[1, 0], [0.5, 0.5], 0.5],
  [[1, 1], [0.2, 0.9], 0.5],
  [[0, 1], [0.1, 0.2], 1],
])('area under the curve of %j scored %j is %d', (labels, scores, expected) => {
  expect(rankedArea(labels, scores)).toBeCloseTo(expected)
})

describe('training', () => {
  test('linear-learner tells penguins apart on rows it never saw', () => {
    const data = penguins()
    const { model, metrics } = train(request(data, 'linear-learner', linear), silent)
    expect(heldOutAccuracy(model, data)).toBeGreaterThan(0.94)
    expect(metrics['validation:multiclass_accuracy']).toBeGreaterThan(0.94)
    console.info(`linear-learner, penguins, held-out accuracy ${heldOutAccuracy(model, data).toFixed(3)}`)
  })

  test('xgboost tells penguins apart on rows it never saw, and logs its rounds', () => {
    const data = penguins()
    const lines: string[] = []
    const { model, metrics } = train(request(data, 'xgboost', boosted), (line) => lines.push(line))
    expect(heldOutAccuracy(model, data)).toBeGreaterThan(0.94)
    expect(metrics['validation:mlogloss']).toBeLessThan(0.3)
    expect(lines).toContainEqual(
      expect.stringMatching(/^\[10\]#011train-mlogloss:[\d.]+#011validation-mlogloss:[\d.]+$/),
    )
    console.info(`xgboost, penguins, held-out accuracy ${heldOutAccuracy(model, data).toFixed(3)}`)
  })

  test('a binary classifier ranks damaging bird strikes above harmless ones', () => {
    const data = birdStrikes()
    const { model } = train(
      request(data, 'linear-learner', { predictor_type: 'binary_classifier', epochs: '3' }),
      silent,
    )
    expect(areaUnderCurve(model, data)).toBeGreaterThan(0.7)
    console.info(`linear-learner, bird strikes, held-out AUC ${areaUnderCurve(model, data).toFixed(3)}`)
  })

  test('trees rank bird strikes too, in seconds though there are thousands of rows', () => {
    const data = birdStrikes()
    const started = Date.now()
    const hyperparameters = { objective: 'binary:logistic', num_round: '30', max_depth: '4' }
    const { model, metrics } = train(request(data, 'xgboost', hyperparameters), silent)
    expect(metrics['validation:auc']).toBeGreaterThan(0.72)
    const seconds = (Date.now() - started) / 1000
    expect(areaUnderCurve(model, data)).toBeGreaterThan(0.72)
    expect(seconds).toBeLessThan(25)
    console.info(
      `xgboost, bird strikes, held-out AUC ${areaUnderCurve(model, data).toFixed(3)}, ${seconds.toFixed(1)} s`,
    )
  }, 60_000)

  test('regression finds the line that made the data', () => {
    const rows = Array.from({ length: 40 }, (_, x) => `${3 * x - 2 * (x % 5) + 7},${x},${x % 5}`).join('\n')
    const { model } = train(
      {
        algorithm: 'linear-learner',
        hyperparameters: { predictor_type: 'regressor' },
        channels: { train: [bytes(rows)] },
      },
      silent,
    )
    expect(predict(model, [100, 2]).score).toBeCloseTo(303, 3)
    const trees = train(
      { algorithm: 'xgboost', hyperparameters: { num_round: '50' }, channels: { train: [bytes(rows)] } },
      silent,
    )
    expect(trees.metrics['train:rmse']).toBeLessThan(2)
  })

  test('the same seed gives the same bytes, another seed others', async () => {
    const run = async (seed: string) => {
      const { model } = train(
        request(penguins(), 'xgboost', { ...boosted, num_round: '3', subsample: '0.7', seed }),
        silent,
      )
      return packModel(model)
    }
    const [one, again, other] = await Promise.all([run('1'), run('1'), run('2')])
    expect(one.equals(again)).toBe(true)
    expect(one.equals(other)).toBe(false)
  })

  test.each<[string, TrainingRequest['algorithm'], Record<string, string>, string, string]>([
    [
      'a header',
      'xgboost',
      { num_round: '1' },
      'species,length\n1,2',
      "Non-numeric value 'species' in line 1, column 1",
    ],
    ['ragged rows', 'xgboost', { num_round: '1' }, '1,2\n1,2,3', 'Line 2'],
    ['no rows', 'xgboost', { num_round: '1' }, '\n', "No data found in the 'train' channel"],
    ['only a label', 'xgboost', { num_round: '1' }, '1\n2', 'at least one feature'],
    ['no num_round', 'xgboost', {}, '1,2', "No value(s) were specified for 'num_round'"],
    [
      'eta out of range',
      'xgboost',
      { num_round: '1', eta: '2' },
      '1,2',
      'Hyperparameter eta: value 2 not in range [0, 1]',
    ],
    [
      'an unknown hyperparameter',
      'xgboost',
      { num_round: '1', foo: '2' },
      '1,2',
      'Extraneous hyperparameter found: foo',
    ],
    ['a label outside the classes', 'linear-learner', linear, '7,1\n1,2', 'Label 7 is not in [0, 3)'],
    ['no predictor type', 'linear-learner', {}, '1,2', "'predictor_type'"],
  ])('%s fails with a reason', (_name, algorithm, hyperparameters, csv, reason) => {
    const run = () => train({ algorithm, hyperparameters, channels: { train: [bytes(csv)] } }, silent)
    expect(run).toThrow(reason)
  })
})

describe('in a worker thread', () => {
  test('completes while this thread goes on', async () => {
    const logs: string[] = []
    const outcome = await runTraining(request(penguins(), 'xgboost', { ...boosted, num_round: '5' }), {
      signal: new AbortController().signal,
      onLog: (line) => logs.push(line),
    })
    expect(outcome).toMatchObject({ status: 'Completed', result: { model: { algorithm: 'xgboost' } } })
    expect(logs.length).toBeGreaterThan(0)
  })

  test('stops at once when told', async () => {
    const control = new AbortController()
    const running = runTraining(request(birdStrikes(), 'xgboost', { ...boosted, num_class: '2', num_round: '1000' }), {
      signal: control.signal,
      onLog: silent,
    })
    setTimeout(() => control.abort(), 1500)
    const started = Date.now()
    expect(await running).toEqual({ status: 'Stopped' })
    expect(Date.now() - started).toBeLessThan(4000)
  })

  test('wrong data is a failure with a reason', async () => {
    const outcome = await runTraining(
      { algorithm: 'xgboost', hyperparameters: { num_round: '1' }, channels: { train: [bytes('a,b')] } },
      { signal: new AbortController().signal, onLog: silent },
    )
    expect(outcome).toEqual({
      status: 'Failed',
      failureReason: expect.stringMatching(/^ClientError: Non-numeric.*, exit code: 2$/),
    })
  })
})

describe('the artifact and its predictions', () => {
  const model = train(request(penguins(), 'linear-learner', linear), silent).model
  const row = '39.1,18.7,181,3750'

  test('packs and loads to the same predictions', async () => {
    const loaded = await loadModel(await packModel(model))
    expect(infer(loaded, 'text/csv', undefined, row)).toEqual(infer(model, 'text/csv', undefined, row))
  })

  test('other bytes are no model', async () => {
    await expect(loadModel(bytes('not a tar'))).rejects.toThrow()
  })

  test('CSV, JSON and JSON lines give the same prediction', () => {
    const csv = JSON.parse(infer(model, 'text/csv', 'application/json', row).body)
    expect(csv.predictions[0].predicted_label).toBe(0)
    const instance = { features: row.split(',').map(Number) }
    expect(
      JSON.parse(infer(model, 'application/json', undefined, JSON.stringify({ instances: [instance] })).body),
    ).toEqual(csv)
    const lines = infer(model, 'application/jsonlines', 'application/jsonlines', `${JSON.stringify(instance)}\n`)
    expect(JSON.parse(lines.body)).toEqual(csv.predictions[0])
  })

  test('xgboost answers CSV as its container does', () => {
    const trees = train(request(penguins(), 'xgboost', { ...boosted, num_round: '2' }), silent).model
    expect(infer(trees, 'text/csv', undefined, row).body).toMatch(/^\[[\d.]+, [\d.]+, [\d.]+\]$/)
  })

  test.each([
    ['too few features', 'text/csv', '1,2', 400],
    ['no rows', 'text/csv', '', 400],
    ['text', 'text/csv', 'a,b,c,d', 400],
    ['no instances', 'application/json', '{}', 400],
    ['broken JSON', 'application/json', '{', 400],
    ['an image', 'image/png', 'x', 415],
  ])('%s is refused', (_name, type, body, status) => {
    expect(() => infer(model, type, undefined, body)).toThrow(expect.objectContaining({ status }) as InferenceError)
  })
})

describe('image URIs', () => {
  test.each([
    ['438346466558.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1', 'linear-learner'],
    ['141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1', 'xgboost'],
    ['685385470294.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1', 'xgboost'],
  ])('%s is %s', (uri, algorithm) => {
    expect(builtInImage(uri, 'eu-west-1')?.algorithm).toBe(algorithm)
  })

  test.each([
    '438346466558.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1',
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1',
    '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:9.9-9',
    'linear-learner',
  ])('%s is no built-in image of eu-west-1', (uri) => {
    expect(builtInImage(uri, 'eu-west-1')).toBeUndefined()
  })

  test('what imageUri gives is recognised', () => {
    expect(builtInImage(imageUri('xgboost', 'eu-central-1'), 'eu-central-1')?.algorithm).toBe('xgboost')
  })
})
