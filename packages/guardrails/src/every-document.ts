import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { budgetStopRole } from './bootstrap/budget-stop.ts'
import { organizationRole } from './bootstrap/organization.ts'
import { readPolicy } from './bootstrap/read.ts'
import { bootstrapRoles } from './bootstrap/roles.ts'
import { splunkRole } from './bootstrap/splunk.ts'
import { compileAccount, compileDataSource, compileEndpoint, compileOrganization, compileProject } from './compile.ts'
import { dataBucketName, projectPrefix, sagemakerArn } from './names.ts'
import type { ProjectParams } from './params.ts'
import { mintSessionPolicy, sessionPolicyFor } from './session-policy.ts'

/** One statement of ours, and where it stands. */
export interface StandingStatement {
  /** `account/boundary`, `bootstrap/uais-provision/uais-provision-work` */
  document: string
  statement: PolicyStatement
}

const externalId = 'uais-0123456789abcdef'
const statementsOf = (text: string) => [(JSON.parse(text) as PolicyDocument).Statement].flat()

function sessions(p: ProjectParams): Record<string, string> {
  const project = p.project.name
  const scopes: Parameters<typeof sessionPolicyFor>[0][] = [
    { kind: 'account' },
    { kind: 'organization' },
    { kind: 'project', project },
    { kind: 'data-source', project, dataSource: 'strikes' },
    { kind: 'endpoint', project, deployment: 'live' },
  ]
  return {
    ...Object.fromEntries(scopes.map((scope) => [`session/${scope.kind}`, sessionPolicyFor(scope, p)])),
    'session/mint': mintSessionPolicy(sagemakerArn(p, `user-profile/${p.domainId}/x`)),
  }
}

function compiledDocuments(p: ProjectParams): Record<string, string> {
  const artifactUri = `s3://${dataBucketName(p)}/${projectPrefix(p.project.name)}models/a/output/model.tar.gz`
  const stacks = {
    account: compileAccount(p),
    project: compileProject(p),
    'data-source': compileDataSource({ ...p, dataSource: { kind: 'upload', name: 'strikes' } }),
    endpoint: compileEndpoint({ ...p, endpoint: { name: 'live', artifactUri } }),
    organization: compileOrganization(p),
  }
  return Object.fromEntries(
    Object.entries(stacks).flatMap(([stack, { policies }]) =>
      Object.entries(policies).map(([name, text]) => [`${stack}/${name}`, text]),
    ),
  )
}

/** Every statement that the compiler, the bootstrap and the sessions write for one account with one project. */
export function everyStatement(p: ProjectParams): StandingStatement[] {
  const roles = bootstrapRoles({ ...p, externalId })
  const organization = { ...p, managementAccountId: '100000000001', externalId }
  const above = [organizationRole(organization), budgetStopRole(organization)]
  const texts = { ...compiledDocuments(p), ...sessions(p) }
  const written: [document: string, statements: readonly PolicyStatement[]][] = [
    ...Object.entries(texts).map(([name, text]) => [name, statementsOf(text)] as [string, PolicyStatement[]]),
    ['bootstrap/uais-read', readPolicy(p)],
    ...[...roles, ...(p.splunk ? [splunkRole(p)] : []), ...above].flatMap((role) => [
      [`bootstrap/${role.name}/trust`, role.trust] as [string, PolicyStatement[]],
      ...Object.entries(role.policies).map(
        ([name, statements]) => [`bootstrap/${role.name}/${name}`, statements] as [string, PolicyStatement[]],
      ),
    ]),
  ]
  return written.flatMap(([document, statements]) => statements.map((statement) => ({ document, statement })))
}
