import { type AwsDoor, createAwsDoor } from './aws/session.ts'
import type { Config } from './config/config.ts'
import { type Database, type Db, openDatabase } from './db/database.ts'
import { createDirectory, type Directory } from './entra/directory.ts'
import { createLogger, type Logger } from './logger.ts'
import { createProver, type Prover } from './prover/prover.ts'

/** The doors to the outside, wired once per process and passed down by hand. */
export interface Context {
  config: Config
  log: Logger
  db: Db
  database: Database
  aws: AwsDoor
  directory: Directory
  prover: Prover
}

/** Opens the doors; nothing is called yet. `stop` closes what holds connections. */
export function createContext(config: Config, part: 'api' | 'worker'): Context & { stop: () => Promise<void> } {
  const log = createLogger(config, part)
  const database = openDatabase(config.secrets.databaseUrl, log)
  const { platform } = config
  const aws = createAwsDoor({
    region: platform.region,
    partition: platform.partition,
    platformAccountId: platform.accountId,
    endpointUrl: platform.endpointUrl,
    credentialsUrl: platform.credentialsUrl,
  })
  const directory = createDirectory(config)
  const prover = createProver()
  const stop = async () => {
    await prover.stop()
    await database.stop()
  }
  return { config, log, db: database.db, database, aws, directory, prover, stop }
}
