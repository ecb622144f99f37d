export { type RunningApi, startApi } from './api.ts'
export { type Config, loadConfig } from './config/config.ts'
export { type Env, readEnv } from './config/env.ts'
