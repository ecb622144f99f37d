import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  applyBootstrap,
  credentialsOf,
  type Devstack,
  nameAccount,
  onboard,
  type Person,
  signIn,
  startDevstack,
} from '@uais/devstack'
import { plainApply, terraformSettings } from '@uais/server'
import { against, type Figure, figure, secondsOf } from './figure.ts'

/**
 * Our run of the stack `account` (plan, checks, apply of the stored plan, verification) against Terraform alone
 * (`init` and `apply`) on the same directory with the same variables, each in a fresh sandbox.
 */
export async function accountRun(): Promise<Figure> {
  const ours = await inStack(async (stack, ada, owen) => {
    const account = await onboard(ada, owen, stack.urls, () => undefined)
    const { items } = await owen.client.call('runs.list', { query: { accountId: account.id, limit: 100 } })
    const run = items.find((each) => each.stack.kind === 'account')
    return run?.timings.reduce((sum, timing) => sum + timing.seconds, 0) ?? Number.NaN
  })
  const plain = await inStack(async (stack, ada, owen) => {
    const account = await begin(stack, ada, owen)
    return secondsOf(() => applyAlone(stack, account.region))
  })
  return against(figure('s', [ours]), 'terraform init and apply', figure('s', [plain]))
}

async function inStack(measure: (stack: Devstack, ada: Person, owen: Person) => Promise<number>): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'uais-bench-'))
  const stack = await startDevstack({ dataDir, ports: { portal: 0, aws: 0, entra: 0 }, withPortal: false })
  try {
    const [ada, owen] = await Promise.all([signIn(stack.urls.portal, 'ada'), signIn(stack.urls.portal, 'owen')])
    return await measure(stack, ada, owen)
  } finally {
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The owner's roles and boundary, which the stack builds on; the account is not provisioned by us. */
async function begin(stack: Devstack, ada: Person, owen: Person): Promise<{ region: string }> {
  const account = await nameAccount(ada)
  const bootstrap = await owen.client.call('accounts.bootstrap', { params: { id: account.id } })
  await applyBootstrap({ account, bootstrap, awsUrl: stack.urls.aws, onLine: () => undefined })
  return account.spec
}

/** What the example's owner agreed to besides, and the endpoints it names: ours runs with the variables' defaults. */
const besides = ['config_rules', 'egress_proxy', 'interface_endpoints', 'private_link_services', 'splunk']

function variablesAsOurs(directory: string): object {
  const text = readFileSync(join(directory, 'examples', 'claims.tfvars.json'), 'utf8')
  const example = Object.entries(JSON.parse(text) as Record<string, unknown>)
  return { ...Object.fromEntries(example.filter(([name]) => !besides.includes(name))), destroy_data: false }
}

async function applyAlone(stack: Devstack, region: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'uais-plain-'))
  try {
    cpSync('terraform', root, { recursive: true, filter: (path) => !path.includes('.terraform') })
    const directory = join(root, 'stacks', 'account')
    writeFileSync(join(directory, 'terraform.tfvars.json'), JSON.stringify(variablesAsOurs(directory)))
    const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(stack.urls.aws, 'claims', 'admin')
    await plainApply(terraformSettings(root), {
      directory,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      region,
      endpointUrl: stack.urls.aws,
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
