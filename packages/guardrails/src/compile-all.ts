import { compileAccount, compileOrganization, compileProject } from './compile.ts'
import type { Compiled } from './compiled.ts'
import { compileDetective } from './detect/compile-detective.ts'
import type { AccountParams, ProjectParams } from './params.ts'

/** One file of a compiled profile. */
export interface CompiledFile {
  /** `organization/guardrails-1.json`, `event-rules/uais-tamper.json` */
  path: string
  text: string
  /** Characters used and allowed; absent for what AWS sets no limit to. */
  size?: { characters: number; limit: number }
}

/**
 * Everything that a profile compiles to, in the order of the paths: policies as the Terraform stacks take them, and the
 * rules that watch. Equal parameters give equal files.
 *
 * @throws PolicyTooLarge when a document does not fit
 */
export function compileAll(params: AccountParams | ProjectParams): CompiledFile[] {
  const { eventRules, configRules, splunk } = compileDetective(params)
  const stacks: Record<string, Compiled> = {
    account: compileAccount(params),
    ...(params.organizationId ? { organization: compileOrganization(params) } : {}),
    ...('project' in params ? { project: compileProject(params) } : {}),
  }
  const policies = Object.entries(stacks).flatMap(([stack, { policies, sizes }]) =>
    Object.entries(policies).map(([name, text]): CompiledFile => {
      const size = sizes[name]
      return { path: `${stack}/${name}.json`, text, ...(size ? { size } : {}) }
    }),
  )
  const rules = [
    ...Object.entries(eventRules).map(([name, { pattern }]) => ({ path: `event-rules/${name}.json`, text: pattern })),
    ...Object.entries(configRules).map(([name, rule]) => ({
      path: `config-rules/${name}.json`,
      text: JSON.stringify(rule),
    })),
    ...Object.entries(splunk.app).map(([path, text]) => ({ path: `splunk/${path}`, text })),
  ]
  return [...policies, ...rules].sort((left, right) => (left.path < right.path ? -1 : 1))
}
