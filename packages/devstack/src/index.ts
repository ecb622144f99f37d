export { freePort, type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts'
