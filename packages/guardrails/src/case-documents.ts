import { type CompiledPolicy, compilePolicy, type PolicyType } from '@uais/iam'
import { compileAccount, compileDataSource, compileEndpoint, compileOrganization, compileProject } from './compile.ts'
import { dataBucketName } from './names.ts'
import type { ProjectParams } from './params.ts'

/** Compiled once per text: worlds that differ in one document share all others. */
const compiledPolicies = new Map<string, CompiledPolicy>()

export function compile(name: string, text: string, type: PolicyType = 'identity'): CompiledPolicy {
  const id = `${type} ${name} ${text}`
  const known = compiledPolicies.get(id) ?? compilePolicy(text, { name, type })
  if (compiledPolicies.size > 5_000) compiledPolicies.clear()
  compiledPolicies.set(id, known)
  return known
}

/**
 * Policy documents by the compiler's names, those of an endpoint (`artifact-lock`) and of two data sources too: an
 * upload (`read`) and a folder of the owner's bucket (`read-bucket`).
 */
export type Documents = Readonly<Record<string, string>>

/** Every document of one account with one project, a data source of each kind and one endpoint. */
export function worldDocuments(p: ProjectParams): Documents {
  const history = {
    kind: 's3' as const,
    name: 'history',
    bucket: `claims-history-${p.awsAccountId}`,
    prefix: 'strikes/',
  }
  const artifactUri = `s3://${dataBucketName(p)}/projects/${p.project.name}/models/served/model.tar.gz`
  return {
    ...compileAccount(p).policies,
    ...compileProject(p).policies,
    ...compileDataSource({ ...p, dataSource: { kind: 'upload', name: 'strikes' } }).policies,
    'read-bucket': compileDataSource({ ...p, dataSource: history }).policies.read!,
    ...compileEndpoint({ ...p, endpoint: { name: 'live', artifactUri } }).policies,
    ...compileOrganization(p).policies,
  }
}
