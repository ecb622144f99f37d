import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account, Answer, Api, BootstrapFile } from '@uais/contract'
import { plainApply, terraformSettings } from '@uais/server'
import { credentialsOf } from './demo/credentials.ts'

/** Names of the sandbox's accounts, by id. */
const accountNames: Record<string, string> = {
  '100000000001': 'management',
  '300000000003': 'claims',
  '400000000004': 'trials',
}

export interface BootstrapOptions {
  account: Account
  bootstrap: Answer<Api['accounts.bootstrap']>
  awsUrl: string
  /**
   * Where the owners keep their Terraform and its state, a directory for each account: what is there, such as the
   * organization's roles for the next account in it, is not made again. Without one nothing is kept.
   */
  directory?: string
  onLine: (line: string) => void
}

/**
 * What the owner does with the bootstrap: applies it as the account's administrator, and the organization's part as
 * the management account's, each with plain Terraform and a state of the owner's own.
 */
export async function applyBootstrap({ account, bootstrap, directory, ...options }: BootstrapOptions): Promise<void> {
  const root = directory ?? mkdtempSync(join(tmpdir(), 'uais-bootstrap-'))
  const files = [bootstrap, ...(bootstrap.organization ? [bootstrap.organization] : [])]
  try {
    await Promise.all(files.map((file) => applyFile(file, account.spec.region, root, options)))
  } finally {
    if (!directory) rmSync(root, { recursive: true, force: true })
  }
}

async function applyFile(
  file: BootstrapFile,
  region: string,
  root: string,
  { awsUrl, onLine }: Pick<BootstrapOptions, 'awsUrl' | 'onLine'>,
): Promise<void> {
  const name = accountNames[file.awsAccountId]
  if (!name) throw new Error(`creating the roles: the sandbox has no account ${file.awsAccountId}`)
  const directory = join(root, name)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, file.fileName), file.terraform)
  const credentials = await administrator(awsUrl, name)
  await plainApply(terraformSettings(root), { directory, credentials, region, endpointUrl: awsUrl, onLine })
}

async function administrator(awsUrl: string, account: string) {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(awsUrl, account, 'admin')
  return { accessKeyId, secretAccessKey, sessionToken }
}
