import { useState } from 'react'
import type { z } from 'zod'
import { fieldErrors } from '../api/errors.ts'
import { fieldWords, sentence } from './field-words.ts'
import { useNotifications } from './notifications.tsx'

export interface FormState<Values> {
  values: Values
  set<K extends keyof Values>(key: K, value: Values[K]): void
  /** Error text of a field by dotted path, '' when it is fine. Of a list: of the first element that is wrong. */
  error(path: string): string
  /** Whether something is wrong at a path or below it. */
  wrong(path: string): boolean
  busy: boolean
  submit(): Promise<void>
}

/**
 * A form over plain values. On submit they are shaped into the request, checked by the contract's own schema (so the
 * browser and the server say the same), and sent; the server's field errors land at their fields. After a first try
 * each change is checked again, so that what is mended stops being red.
 */
export function useForm<Values extends object, Schema extends z.ZodType>(options: {
  initial: Values
  shape: (values: Values) => unknown
  schema: Schema
  send: (body: z.input<Schema>) => Promise<void>
}): FormState<Values> {
  const [values, setValues] = useState(options.initial)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { failed } = useNotifications()

  function check(body: unknown): Record<string, string> {
    const issues = options.schema.safeParse(body).error?.issues ?? []
    return Object.fromEntries(issues.map((issue) => [issue.path.join('.'), fieldWords(issue, body)]))
  }

  function show(found: Record<string, string>): void {
    setErrors(found)
    if (Object.keys(found).length > 0) setTimeout(focusFirstError)
  }

  async function submit() {
    setTried(true)
    const body = options.shape(values)
    const found = check(body)
    show(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      await options.send(body as z.input<Schema>)
    } catch (error) {
      const fields = Object.entries(fieldErrors(error)).map(([path, message]) => [path, sentence(message)])
      show(Object.fromEntries(fields))
      if (fields.length === 0) failed(error)
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set: (key, value) => {
      const next = { ...values, [key]: value }
      setValues(next)
      if (tried) setErrors(check(options.shape(next)))
    },
    error: (path) => errors[path] ?? ofElement(errors, path),
    wrong: (path) => Object.keys(errors).some((found) => found === path || found.startsWith(`${path}.`)),
    busy,
    submit,
  }
}

function ofElement(errors: Record<string, string>, path: string): string {
  const isElement = (found: string) => found.startsWith(`${path}.`) && /^\d+$/.test(found.slice(path.length + 1))
  return Object.entries(errors).find(([found]) => isElement(found))?.[1] ?? ''
}

/** Takes the person to what is wrong: the first field that says so, once it has been drawn. */
function focusFirstError(): void {
  document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus()
}
