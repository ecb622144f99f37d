export { type Devstack, type DevstackOptions, startDevstack } from './devstack.ts'
export { applyBootstrap } from './owner-bootstrap.ts'
export { freePort, type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts'
