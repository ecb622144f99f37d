import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge'
import { isObject, type Json } from './pattern-syntax.ts'

/** Text that a target receives for an event (EventBridge User Guide, "Input transformation"). */
export function targetInput(target: Target, event: Json, rule: { name: string; arn: string }): string {
  if (target.Input !== undefined) return target.Input
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(event, target.InputPath) ?? null)
  if (target.InputTransformer) return transform(target.InputTransformer, event, rule)
  return JSON.stringify(event)
}

/** Why a transformer is not usable, if so: each placeholder needs a path or a reserved name. */
export function readTemplate(transformer: InputTransformer): string | undefined {
  const names = [...(transformer.InputTemplate ?? '').matchAll(/<([\w.-]+)>/g)].map(([, name]) => name as string)
  const unknown = names.find((name) => !name.startsWith('aws.') && !(name in (transformer.InputPathsMap ?? {})))
  if (unknown) return `Invalid InputTemplate for target : reference to undefined variable <${unknown}>.`
  const path = Object.values(transformer.InputPathsMap ?? {}).find((one) => !/^\$(\.|\[|$)/.test(one))
  return path ? `Invalid InputPath for target : [${path}].` : undefined
}

function transform(transformer: InputTransformer, event: Json, rule: { name: string; arn: string }): string {
  const paths = transformer.InputPathsMap ?? {}
  const template = transformer.InputTemplate ?? ''
  const reserved: Record<string, Json> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.json': event,
    'aws.events.event': event,
  }
  return template.replace(/<([\w.-]+)>/g, (_all, name: string, at: number) => {
    const value = name in reserved ? reserved[name] : valueAt(event, paths[name] ?? '$')
    return inTemplate(value, quotesBefore(template, at))
  })
}

/** Inside quotes a value is text without quotes of its own; outside it is JSON. */
function inTemplate(value: Json | undefined, quoted: boolean): string {
  if (!quoted) return JSON.stringify(value ?? null)
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return JSON.stringify(text).slice(1, -1)
}

function quotesBefore(template: string, at: number): boolean {
  return (template.slice(0, at).replace(/\\"/g, '').match(/"/g)?.length ?? 0) % 2 === 1
}

/** `$.detail.items[0].name`: members and indexes, as EventBridge takes them. */
function valueAt(event: Json, path: string): Json | undefined {
  const steps = path.match(/[^.[\]$]+/g) ?? []
  let value: Json | undefined = event
  for (const step of steps) {
    if (Array.isArray(value)) value = value[Number(step)]
    else value = isObject(value) ? value[step] : undefined
  }
  return value
}
