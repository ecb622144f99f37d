import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { childEnvironment } from './environment.ts'
import { cliConfig, findProviderMirror } from './provider-mirror.ts'
import type { TerraformSettings } from './settings.ts'

let root: string
let settings: TerraformSettings
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'uais-mirror-'))
  settings = { sourceDir: root, workRoot: root, concurrency: 1, searchPath: '/usr/bin', dataDirs: [], inherit: {} }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function mirrorAt(path: string, provider = 'registry.terraform.io/hashicorp/aws') {
  mkdirSync(join(path, provider, '5.100.0/linux_amd64'), { recursive: true })
}

describe('findProviderMirror', () => {
  it('takes the configured mirror first', () => {
    mirrorAt(join(root, 'mine'))
    mirrorAt(join(root, 'home/.terraform.d/plugins'))
    const found = findProviderMirror({ ...settings, mirror: join(root, 'mine'), home: join(root, 'home') })
    expect(found).toEqual({ path: join(root, 'mine'), providers: ['registry.terraform.io/hashicorp/aws'] })
  })

  it('finds the implied mirrors of home and data directories', () => {
    mirrorAt(join(root, 'home/.terraform.d/plugins'))
    expect(findProviderMirror({ ...settings, home: join(root, 'home') })?.path).toContain('.terraform.d')
    mirrorAt(join(root, 'share/terraform/plugins'))
    expect(findProviderMirror({ ...settings, dataDirs: [join(root, 'share')] })?.path).toContain('share/terraform')
  })

  it('passes over a mirror without the AWS provider', () => {
    mirrorAt(join(root, 'mine'), 'registry.terraform.io/hashicorp/random')
    expect(findProviderMirror({ ...settings, mirror: join(root, 'mine') })?.path).not.toBe(join(root, 'mine'))
  })
})

describe('cliConfig', () => {
  it('never lets two sources claim one provider', () => {
    const text = cliConfig({ path: '/m', providers: ['registry.terraform.io/hashicorp/aws'] })
    expect(text).toMatch(
      /filesystem_mirror \{\s+path\s+= "\/m"\s+include = \["registry.terraform.io\/hashicorp\/aws"\]/,
    )
    expect(text).toMatch(/direct \{\s+exclude = \["registry.terraform.io\/hashicorp\/aws"\]/)
  })
  it('is empty without a mirror: Terraform then asks the registry', () => expect(cliConfig(undefined)).toBe(''))
})

describe('childEnvironment', () => {
  const aws = { credentials: { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' }, region: 'eu-west-1' }
  it('holds what terraform needs and nothing of the worker', () => {
    const environment = childEnvironment(settings, '/w', '/w/cli.tfrc', { ...aws, endpointUrl: 'http://127.0.0.1:1' })
    expect(environment).toEqual({
      PATH: '/usr/bin',
      HOME: '/w',
      TF_CLI_CONFIG_FILE: '/w/cli.tfrc',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      GOGC: '400',
      AWS_ACCESS_KEY_ID: 'A',
      AWS_SECRET_ACCESS_KEY: 'S',
      AWS_SESSION_TOKEN: 'T',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    })
  })
  it("uses the operator's CLI configuration only where it exists", () => {
    const file = join(root, 'operator.tfrc')
    const given = { ...settings, cliConfigFile: file }
    expect(childEnvironment(given, '/w', '/w/cli.tfrc', aws).TF_CLI_CONFIG_FILE).toBe('/w/cli.tfrc')
    writeFileSync(file, '')
    expect(childEnvironment(given, '/w', '/w/cli.tfrc', aws).TF_CLI_CONFIG_FILE).toBe(file)
  })
})
