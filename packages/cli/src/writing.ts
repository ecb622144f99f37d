import { UsageError } from './exit.ts'

/** Does what writes a file that a person named. @throws UsageError that says which file and why it could not */
export function writing(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw new UsageError(`writing ${path}: ${error instanceof Error ? error.message : error}`)
  }
}
