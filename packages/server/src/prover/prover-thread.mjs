// A thread does not inherit how its process reads TypeScript: it is told here, whoever started the process.
import { register } from 'tsx/esm/api'

register()
await import('./answer-questions.ts')
