/** A policy document compiled once; opaque to callers. See `compilePolicy`. */
export interface CompiledPolicy {
  readonly name: string
}
