import { clientError } from './training-error.ts'

/** Rows of numbers as the built-in algorithms read them: label first, no header, all numeric. */
export interface LabelledRows {
  labels: number[]
  features: number[][]
}

/**
 * Parses `text/csv` training data (SageMaker Developer Guide, "Common Data Formats for Training": the target is
 * in the first column and there is no header). Throws ClientError on anything that is not such a table.
 */
export function parseTrainingData(channel: string, files: readonly Uint8Array[]): LabelledRows {
  const rows = files.flatMap((file) => parseRows(new TextDecoder().decode(file), `the '${channel}' channel`))
  if (rows.length === 0) throw clientError(`No data found in the '${channel}' channel. Please check the S3 URI.`)
  const width = rows[0]!.length
  if (width < 2) throw clientError(`The '${channel}' channel needs a label and at least one feature column.`)
  return { labels: rows.map((row) => row[0]!), features: rows.map((row) => row.slice(1)) }
}

/** Parses rows of numbers; every row must have as many cells as the first. */
export function parseRows(text: string, where: string): number[][] {
  const lines = text.split(/\r?\n/)
  const rows: number[][] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const cells = line.split(',').map(Number)
    const wrong = line.split(',').findIndex((cell) => cell.trim() === '' || !Number.isFinite(Number(cell)))
    if (wrong >= 0)
      throw clientError(
        `Non-numeric value '${line.split(',')[wrong]!.slice(0, 40)}' in line ${index + 1}, column ${wrong + 1} of ${where}. ` +
          'The data must be CSV without a header, with the label in the first column',
      )
    if (rows[0] && cells.length !== rows[0].length)
      throw clientError(`Line ${index + 1} of ${where} has ${cells.length} columns, the first has ${rows[0].length}`)
    rows.push(cells)
  }
  return rows
}

/** Classes must be the whole numbers 0..count-1. */
export function checkClasses(labels: readonly number[], count: number) {
  const wrong = labels.find((label) => !Number.isInteger(label) || label < 0 || label >= count)
  if (wrong !== undefined)
    throw clientError(`Label ${wrong} is not in [0, ${count}). Labels must be whole numbers from 0 to num_class - 1`)
}
