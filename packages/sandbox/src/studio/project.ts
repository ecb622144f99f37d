import type { StudioSession } from './state.ts'

/** Where a UAIS project keeps its things in an account; by the names that its Terraform gives them. */
export interface ProjectPlaces {
  project: string
  bucket: string
  modelsPrefix: string
  ownPrefix: string
  trainingRoleArn: string
  modelPackageGroup: string
}

/** The project of a user profile, from its `uais:project` tag; undefined for a profile that UAIS did not make. */
export function placesOf(session: StudioSession): ProjectPlaces | undefined {
  const project = session.tags['uais:project']
  if (!project) return undefined
  const base = `projects/${project}/`
  return {
    project,
    bucket: `uais-data-${session.account}-${session.region}`,
    modelsPrefix: `${base}models/`,
    ownPrefix: `${base}users/${session.userProfileName}/`,
    trainingRoleArn: `arn:aws:iam::${session.account}:role/uais/projects/uais-${project}-training`,
    modelPackageGroup: `uais-${project}`,
  }
}
