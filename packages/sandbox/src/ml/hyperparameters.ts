import { clientError } from './training-error.ts'

/** Reads a job's hyperparameters (all strings on the wire) with the ranges of the algorithm's documentation. */
export class Hyperparameters {
  readonly #values: Readonly<Record<string, string>>

  constructor(values: Readonly<Record<string, string>>, known: readonly string[]) {
    const extra = Object.keys(values).find((name) => !known.includes(name))
    if (extra) throw clientError(`Extraneous hyperparameter found: ${extra}`)
    this.#values = values
  }

  required(name: string): string {
    const value = this.#values[name]
    if (value === undefined)
      throw clientError(`No value(s) were specified for '${name}' which are required hyperparameter(s)`)
    return value
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback?: Choice): Choice {
    const value = this.#values[name] ?? fallback ?? this.required(name)
    if (!choices.includes(value as Choice))
      throw clientError(`Hyperparameter ${name}: value ${value} not in range [${choices.join(', ')}]`)
    return value as Choice
  }

  /** A number in `[least, most]`; `auto` and absence mean `fallback`. */
  number(name: string, [least, most]: readonly [number, number], fallback?: number): number {
    const text = this.#values[name]
    if (text === undefined || text === 'auto') {
      if (fallback !== undefined) return fallback
      this.required(name)
    }
    const value = Number(text)
    if (text?.trim() === '' || !(value >= least && value <= most))
      throw clientError(`Hyperparameter ${name}: value ${text} not in range [${least}, ${most}]`)
    return value
  }

  integer(name: string, range: readonly [number, number], fallback?: number): number {
    const value = this.number(name, range, fallback)
    if (!Number.isInteger(value)) throw clientError(`Hyperparameter ${name}: value ${value} is not an integer`)
    return value
  }
}
