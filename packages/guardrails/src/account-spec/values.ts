/** Whoever wrote a specification is told what is wrong and where; nothing is guessed or left out. */
export class AccountSpecError extends Error {
  override name = 'AccountSpecError'
  readonly path: string

  /** @param path of the fault: `network.subnetIds[0]`; empty for the whole */
  constructor(path: string, message: string) {
    super(path ? `${path}: ${message}` : message)
    this.path = path
  }
}

/** Checks one value. @throws AccountSpecError */
export type Check = (value: unknown, path: string) => void

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing'

export const text =
  (form: RegExp, words: string): Check =>
  (value, path) => {
    if (typeof value !== 'string' || !form.test(value))
      throw new AccountSpecError(path, `should be ${words}, not ${shown(value)}`)
  }

export const whole =
  (least: number, most: number): Check =>
  (value, path) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      throw new AccountSpecError(path, `should be a whole number from ${least} to ${most}, not ${shown(value)}`)
  }

export const yesOrNo: Check = (value, path) => {
  if (typeof value !== 'boolean') throw new AccountSpecError(path, `should be true or false, not ${shown(value)}`)
}

export const optional =
  (check: Check): Check =>
  (value, path) => {
    if (value !== undefined) check(value, path)
  }

/** Of one element at least: an empty list of what is allowed would mean nothing, or everything. */
export const list =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length === 0)
      throw new AccountSpecError(path, `should be a list of one or more, not ${shown(value)}`)
    for (const [index, one] of value.entries()) check(one, `${path}[${index}]`)
  }

/** An object of exactly these fields; a name that is none of them is an error, not ignored. */
export const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new AccountSpecError(path, `should be an object, not ${shown(value)}`)
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name))
    if (unknown !== undefined)
      throw new AccountSpecError(path, `'${unknown}' is none of ${Object.keys(fields).join(', ')}`)
    for (const [name, check] of Object.entries(fields))
      check((value as Record<string, unknown>)[name], path ? `${path}.${name}` : name)
  }
