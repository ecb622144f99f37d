import { useState } from 'react'
import type { z } from 'zod'
import { fieldErrors } from '../api/errors.ts'
import { useNotifications } from './notifications.tsx'

export interface FormState<Values> {
  values: Values
  set<K extends keyof Values>(key: K, value: Values[K]): void
  /** Error text of a field by dotted path, '' when it is fine. */
  error(path: string): string
  busy: boolean
  submit(): Promise<void>
}

/**
 * A form over plain values. On submit they are shaped into the request, checked by the contract's own schema (so the
 * browser and the server say the same), and sent; the server's field errors land at their fields.
 */
export function useForm<Values extends object, Schema extends z.ZodType>(options: {
  initial: Values
  shape: (values: Values) => unknown
  schema: Schema
  send: (body: z.input<Schema>) => Promise<void>
}): FormState<Values> {
  const [values, setValues] = useState(options.initial)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const { failed } = useNotifications()

  async function submit() {
    const body = options.shape(values)
    const checked = options.schema.safeParse(body)
    if (!checked.success) {
      setErrors(Object.fromEntries(checked.error.issues.map((issue) => [issue.path.join('.'), issue.message])))
      return
    }
    setErrors({})
    setBusy(true)
    try {
      await options.send(body as z.input<Schema>)
    } catch (error) {
      setErrors(fieldErrors(error))
      failed(error)
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set: (key, value) => setValues((current) => ({ ...current, [key]: value })),
    error: (path) => errors[path] ?? '',
    busy,
    submit,
  }
}
