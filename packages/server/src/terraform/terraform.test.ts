import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProgressLine } from './messages.ts'
import { readProof, stateOf } from './process-proof.ts'
import type { TerraformSettings } from './settings.ts'
import { apply } from './steps/apply.ts'
import { init, trustInstalled } from './steps/init.ts'
import { output } from './steps/output.ts'
import { plan } from './steps/plan.ts'
import { show } from './steps/show.ts'
import { createTerraformDoor } from './terraform.ts'
import { makeWorkDirectory, removeWorkDirectory } from './work-directory.ts'

const stack = `
variable "greeting" { type = string }
variable "seconds" { type = number }
variable "secret" {
  type      = string
  sensitive = true
}
resource "terraform_data" "first" {
  input = var.greeting
  provisioner "local-exec" { command = "sleep \${var.seconds}" }
}
resource "terraform_data" "second" {
  input = "\${terraform_data.first.output} \${var.secret}"
}
output "greeting" { value = terraform_data.first.output }
output "secret" {
  value     = var.secret
  sensitive = true
}
`

let root: string
let settings: TerraformSettings

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'uais-tf-'))
  mkdirSync(join(root, 'src/stacks/tiny'), { recursive: true })
  writeFileSync(join(root, 'src/stacks/tiny/main.tf'), stack)
  writeFileSync(join(root, 'src/stacks/tiny/terraform.tfstate'), '{}')
  settings = {
    sourceDir: join(root, 'src'),
    workRoot: join(root, 'work'),
    concurrency: 1,
    searchPath: process.env.PATH ?? '',
    dataDirs: [],
    inherit: {},
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const variables = (greeting: string, seconds = 0) => ({ greeting, seconds, secret: 's3cr3t' })

async function begin(id: string, given: Record<string, unknown>, signal?: AbortSignal) {
  const lines: ProgressLine[] = []
  const directory = makeWorkDirectory(settings, { id, stackKind: 'tiny', variables: given, backend: 'local' })
  const context = await createTerraformDoor(settings).step(directory, {
    onProgress: (line) => lines.push(line),
    ...(signal ? { signal } : {}),
    graceMs: 10_000,
  })
  return { directory, context, lines }
}

it('keeps of a lock file what was selected, and none of the hashes that each command would compute again', () => {
  const lockFile = join(root, '.terraform.lock.hcl')
  const selected = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"\n'
  writeFileSync(lockFile, `${selected}  hashes = [\n    "h1:a=",\n    "zh:b",\n  ]\n}\n`)
  expect(trustInstalled(root)).toBe(`${selected}}\n`)
  expect(readFileSync(lockFile, 'utf8')).toBe(`${selected}}\n`)
  expect(trustInstalled(join(root, 'none'))).toBeUndefined()
})

describe('a run of terraform', () => {
  it('plans, shows, applies the stored plan and reads its outputs, without the sensitive ones', async () => {
    const { context, directory, lines } = await begin('r1', variables('hello'))
    expect(context.engine.title).toMatch(/^(Terraform|OpenTofu) v1\./)
    expect(await init(context)).toEqual({ provider: null })
    const planned = await plan(context, 'apply')
    expect(planned.changes).toBe(true)
    const shown = await show(context, planned.file)
    expect(shown.resource_changes?.map((change) => [change.address, change.change.actions])).toEqual([
      ['terraform_data.first', ['create']],
      ['terraform_data.second', ['create']],
    ])
    expect(await apply(context, planned.file)).toEqual({ greeting: 'hello' })
    expect(await output(context)).toEqual({ greeting: 'hello' })
    expect((await plan(context, 'apply')).changes).toBe(false)
    expect(
      lines.some((line) => line.address === 'terraform_data.first' && /Creation complete/.test(line.message)),
    ).toBe(true)
    expect(JSON.stringify(lines)).not.toContain('s3cr3t')
    expect(statSync(directory.path).mode & 0o777).toBe(0o700)
    expect(statSync(join(directory.module, 'terraform.tfvars.json')).mode & 0o777).toBe(0o600)
    removeWorkDirectory(settings, 'r1')
    expect(existsSync(directory.path)).toBe(false)
  })

  it('says in its own words why a plan fails', async () => {
    const { context } = await begin('r2', { greeting: 'x', seconds: 'soon', secret: '' })
    await init(context)
    await expect(plan(context, 'apply')).rejects.toThrow(/Invalid value for input variable: .*number/s)
  })

  it('stops an apply on SIGINT so that terraform keeps what was made', async () => {
    const stop = new AbortController()
    const { context, directory } = await begin('r3', variables('slow', 30), stop.signal)
    await init(context)
    const planned = await plan(context, 'apply')
    const applying = apply(context, planned.file)
    const proof = await until(() => {
      const found = readProof(join(directory.path, 'process.json'))
      return found && stateOf(found) === 'alive' ? found : undefined
    })
    setTimeout(() => stop.abort(), 1500)
    await expect(applying).rejects.toThrow('terraform apply was stopped')
    expect(stateOf(proof)).toBe('gone')
    expect(existsSync(join(directory.module, '.terraform.tfstate.lock.info'))).toBe(false)
  })

  it('refuses a stored plan when the state has moved on', async () => {
    const { context } = await begin('r4', variables('one'))
    await init(context)
    const stale = await plan(context, 'apply')
    await apply(context, (await plan(context, 'apply')).file)
    await expect(apply(context, stale.file)).rejects.toThrow(/stale/)
  })

  it('names the fault when there is no engine', async () => {
    const door = createTerraformDoor({ ...settings, searchPath: join(root, 'nowhere') })
    await expect(door.engine()).rejects.toThrow(/neither terraform nor tofu is on PATH/)
  })
})

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not come about in 5 seconds')
}
