import { z } from 'zod'

/**
 * The same schema, but objects refuse members they do not know. Clients would otherwise believe that a misspelt or
 * unsupported field was honoured. Answers stay open, so that old clients read new servers.
 */
export function strictly(schema: z.ZodType): z.ZodType {
  // A schema is rebuilt from its definition: checks and refinements live there and stay.
  const rebuild = (changes: object) => z.clone(schema, { ...schema.def, ...changes } as never) as z.ZodType
  if (schema instanceof z.ZodObject) {
    const shape = Object.fromEntries(
      Object.entries(schema.shape).map(([name, of]) => [name, strictly(of as z.ZodType)]),
    )
    return rebuild({ shape, catchall: schema.def.catchall ?? z.never() })
  }
  if (schema instanceof z.ZodArray) return rebuild({ element: strictly(schema.element as z.ZodType) })
  if (schema instanceof z.ZodDiscriminatedUnion || schema instanceof z.ZodUnion)
    return rebuild({ options: schema.options.map((option) => strictly(option as z.ZodType)) })
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return rebuild({ innerType: strictly(schema.def.innerType as z.ZodType) })
  return schema
}
