import type { Lineage } from '@uais/contract'
import { birdStrikes, infer, loadModel } from '@uais/sandbox'
import type { Devstack } from '../devstack.ts'
import { credentialsOf } from './credentials.ts'
import { type Denied, tryForbidden } from './denials.ts'
import { deploy } from './deployment.ts'
import { claims, onboard } from './onboarding.ts'
import { signIn } from './person.ts'
import { addUploadedData, addWorkspace, createProject, upload } from './project.ts'
import { findVersion, reviewModel } from './review.ts'
import { allRuns, planAgain, type RunReport, report } from './runs.ts'
import { invoke, openStudio, readArtifact, trainAndRegister } from './studio.ts'

/** What the demo prints with --json: the contract of the design's section 11. */
export interface DemoResult {
  ok: boolean
  seconds: number
  urls: Devstack['urls']
  dataset: { source: string; rows: { train: number; validation: number; test: number } }
  account: { id: string; awsAccountId: string }
  project: { id: string; name: string }
  workspace: { url: string; domainId: string; userProfile: string; sourceIdentity: string }
  data: { name: string; uri: string; bytes: number }[]
  training: { job: string; image: string; metrics: Record<string, number> }
  model: { packageArn: string; artifactDigest: string; versionId: string }
  review: { id: string; status: string; policyVersion: string; reviewers: string[] }
  endpoint: {
    id: string
    name: string
    url: string
    prediction: string
    artifactPrediction: string
    heldOut: { rows: number; accuracy: number }
  }
  runs: RunReport[]
  denied: Denied[]
  lineage: Lineage
}

export type Say = (line: string) => void

/**
 * The main job, end to end, as the people do it: each signs in, works over the public API, in Studio and over the
 * AWS wire. @throws Error at the first step that does not hold, saying which
 */
export async function mainJob(stack: Devstack, say: Say): Promise<Omit<DemoResult, 'ok' | 'seconds'>> {
  const { urls } = stack
  const [ada, owen, lena, sam, rita, ravi] = await Promise.all(
    (['ada', 'owen', 'lena', 'sam', 'rita', 'ravi'] as const).map((name) => signIn(urls.portal, name)),
  )
  if (!ada || !owen || !lena || !sam || !rita || !ravi) throw new Error('signing in: somebody is missing')
  say('six people are signed in')
  const account = await onboard(ada, owen, urls, say)
  say('the account is ready')
  const project = await createProject(owen, account)
  say('the project is ready')
  const dataset = birdStrikes()
  const [workspace, source] = await Promise.all([addWorkspace(sam, project), addUploadedData(lena, project)])
  const train = await upload(lena, source, 'train.csv', dataset.train)
  const validation = await upload(lena, source, 'validation.csv', dataset.validation)
  say(`the workspace is ready; ${dataset.source} is in the owner's bucket`)
  const studio = await openStudio(sam, workspace)
  const training = await trainAndRegister(studio, { train: train.uri, validation: validation.uri })
  say(`trained: ${JSON.stringify(training.metrics)}`)
  const found = await findVersion(sam, project, training.packageArn)
  const { review, version } = await reviewModel(sam, [rita, ravi], found)
  say(`the board has ${review.status.outputs.decision} it`)
  const deployment = await deploy(lena, version)
  const endpointName = deployment.status.outputs.endpointName ?? ''
  say(`the endpoint serves at ${deployment.status.outputs.url}`)
  const rows = dataset.test
    .trim()
    .split('\n')
    .map((line) => line.slice(line.indexOf(',') + 1))
  const sample = rows.slice(0, 5).join('\n')
  const prediction = await invoke(studio, endpointName, sample)
  const model = await loadModel(await readArtifact(studio, training.artifactUri))
  const artifactPrediction = infer(model, 'text/csv', 'text/csv', sample).body
  if (prediction !== artifactPrediction)
    throw new Error(`the endpoint predicts ${prediction}, the approved artifact ${artifactPrediction}`)
  const accuracy = accuracyOf(await invoke(studio, endpointName, rows.join('\n')), dataset.test)
  say(`predictions equal the artifact's; accuracy on ${rows.length} held-out rows ${accuracy.toFixed(3)}`)
  const { accessKeyId, secretAccessKey, sessionToken, region } = await credentialsOf(urls.aws, claims.name, 'admin')
  const denied = await tryForbidden({
    admin: { region, endpoint: urls.aws, credentials: { accessKeyId, secretAccessKey, sessionToken } },
    studio,
    account: account.spec.awsAccountId,
    packageArn: training.packageArn,
    endpointName,
    endpointArn: deployment.status.outputs.endpointArn ?? '',
  })
  say(`${denied.length} forbidden acts were refused`)
  await planAgain(owen)
  say('every stack plans no change')
  const lineage = await sam.client.call('projects.lineage', { params: { id: project.id } })
  checkLineage(lineage)
  const runs = await allRuns(owen)
  return {
    urls,
    dataset: { source: dataset.source, rows: dataset.rows },
    account: { id: account.id, awsAccountId: account.spec.awsAccountId },
    project: { id: project.id, name: project.name },
    workspace: {
      url: studio.url,
      domainId: studio.identity.domainId,
      userProfile: studio.identity.userProfileName,
      sourceIdentity: studio.identity.sourceIdentity ?? '',
    },
    data: [train, validation],
    training: { job: training.job, image: training.image, metrics: training.metrics },
    model: { packageArn: training.packageArn, artifactDigest: version.spec.artifact.sha256, versionId: version.id },
    review: {
      id: review.id,
      status: review.status.outputs.decision,
      policyVersion: review.spec.formVersion,
      reviewers: review.status.outputs.signOffs.map((it) => it.reviewer.name),
    },
    endpoint: {
      id: deployment.id,
      name: endpointName,
      url: deployment.status.outputs.url ?? '',
      prediction,
      artifactPrediction,
      heldOut: { rows: rows.length, accuracy },
    },
    runs: runs.map(report),
    denied,
    lineage,
  }
}

/** Share of rows whose predicted class (probability at least one half) is the label in the first column. */
function accuracyOf(answer: string, csv: string): number {
  const labels = csv
    .trim()
    .split('\n')
    .map((line) => Number(line.split(',', 1)[0]))
  const scores = answer.trim().split(/[\n,]/).map(Number)
  if (scores.length !== labels.length)
    throw new Error(`predicting ${labels.length} rows: the endpoint answered ${scores.length}`)
  return labels.filter((label, index) => label === Number((scores[index] as number) >= 0.5)).length / labels.length
}

/** From object to endpoint there must be a way. */
function checkLineage({ nodes, edges }: Lineage): void {
  const reached = new Set(
    nodes.filter((node) => node.type === 'object' || node.type === 'data-source').map((node) => node.id),
  )
  for (let pass = 0; pass < nodes.length; pass++)
    for (const edge of edges) if (reached.has(edge.from)) reached.add(edge.to)
  if (!nodes.some((node) => node.type === 'endpoint' && reached.has(node.id)))
    throw new Error('lineage: no way leads from the data to the endpoint')
}
