import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TerraformSettings } from './settings.ts'

/** A directory in the layout of a filesystem mirror, and the providers in it (`host/namespace/type`). */
export interface ProviderMirror {
  path: string
  providers: readonly string[]
}

/**
 * A filesystem mirror with the AWS provider, if this machine has one: the operator's, one of Terraform's implied
 * local mirrors (Terraform CLI documentation, "Implied Local Mirror Directories"), or a plugin directory two levels
 * below the root, as images for closed networks have it. Without one, providers come from their registry.
 */
export function findProviderMirror(settings: TerraformSettings): ProviderMirror | undefined {
  for (const path of candidates(settings)) {
    const providers = providersIn(path)
    if (providers.some((provider) => provider.endsWith('/hashicorp/aws'))) return { path, providers }
  }
  return undefined
}

function candidates(settings: TerraformSettings): string[] {
  const implied = [
    ...(settings.home ? [join(settings.home, '.terraform.d', 'plugins')] : []),
    ...settings.dataDirs.flatMap((dir) => [join(dir, 'terraform', 'plugins'), join(dir, 'opentofu', 'plugins')]),
  ]
  return [...(settings.mirror ? [settings.mirror] : []), ...implied, ...pluginDirectories()]
}

/** Directories such as `/<any>/terraform-plugins`; kernel file systems are left alone. */
function pluginDirectories(): string[] {
  const skip = new Set(['proc', 'sys', 'dev', 'run', 'tmp'])
  return children('/')
    .filter((name) => !skip.has(name))
    .flatMap((name) =>
      children(join('/', name))
        .filter((child) => /plugins?$|providers$/i.test(child))
        .map((child) => join('/', name, child)),
    )
}

/** `host/namespace/type` of every provider in a mirror, packed or unpacked. */
function providersIn(path: string): string[] {
  return children(path)
    .filter((host) => host.includes('.'))
    .flatMap((host) =>
      children(join(path, host)).flatMap((namespace) =>
        children(join(path, host, namespace))
          .filter((type) => children(join(path, host, namespace, type)).length > 0)
          .map((type) => `${host}/${namespace}/${type}`),
      ),
    )
}

function children(path: string): string[] {
  try {
    return existsSync(path) && statSync(path).isDirectory() ? readdirSync(path).sort() : []
  } catch {
    return [] // a directory that may not be read holds nothing for us
  }
}

/**
 * CLI configuration that takes the mirror's providers from it and all others from their registry. Both sources
 * must not claim one provider: Terraform would ask both, and fail where the registry cannot be reached.
 */
export function cliConfig(mirror: ProviderMirror | undefined): string {
  if (!mirror) return ''
  const list = mirror.providers.map((provider) => JSON.stringify(provider)).join(', ')
  return [
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror.path)}`,
    `    include = [${list}]`,
    '  }',
    '  direct {',
    `    exclude = [${list}]`,
    '  }',
    '}',
    '',
  ].join('\n')
}
