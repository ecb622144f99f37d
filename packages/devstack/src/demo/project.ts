import type { Account, DataSource, Project, Workspace } from '@uais/contract'
import { groupId } from '@uais/sandbox'
import type { Person } from './person.ts'
import { ready } from './wait.ts'

/** The account's owner decides who works in it, and with it which projects there are. */
export async function createProject(owner: Person, account: Account): Promise<Project> {
  const project = await owner.client.call('projects.create', {
    body: {
      name: 'fraud',
      spec: {
        accountId: account.id,
        objective: 'Classify cases from measurements, so that people look first where it matters.',
        costCentre: 'CC-4711',
        classification: 'confidential',
        groups: [
          { groupId: groupId('claims-fraud-leads'), role: 'lead' },
          { groupId: groupId('claims-fraud-scientists'), role: 'scientist' },
          { groupId: groupId('claims-fraud-viewers'), role: 'viewer' },
        ],
      },
    },
  })
  return ready(owner.client, 'the project', () => owner.client.call('projects.read', { params: { id: project.id } }))
}

export async function addWorkspace(scientist: Person, project: Project): Promise<Workspace> {
  const { id } = await scientist.client.call('workspaces.create', { params: { id: project.id }, body: { spec: {} } })
  return ready(scientist.client, 'the workspace', () => scientist.client.call('workspaces.read', { params: { id } }))
}

export async function addUploadedData(lead: Person, project: Project): Promise<DataSource> {
  const { id } = await lead.client.call('data-sources.create', {
    params: { id: project.id },
    body: {
      name: 'measurements',
      spec: {
        source: 'upload',
        purpose: 'Training and evaluation of the case classifier',
        classification: 'confidential',
      },
    },
  })
  return ready(lead.client, 'the data source', () => lead.client.call('data-sources.read', { params: { id } }))
}

/** Posts a file to the owner's bucket as the browser does. @returns its S3 URI and size */
export async function upload(
  person: Person,
  source: DataSource,
  fileName: string,
  text: string,
): Promise<{ name: string; uri: string; bytes: number }> {
  const bytes = Buffer.byteLength(text)
  const grant = await person.client.call('data-sources.upload', {
    params: { id: source.id },
    body: { fileName, bytes, contentType: 'text/csv' },
  })
  const form = new FormData()
  for (const [name, value] of Object.entries(grant.fields)) form.append(name, value)
  form.append('file', new Blob([text], { type: 'text/csv' }), fileName)
  const response = await fetch(grant.url, { method: 'POST', body: form })
  if (!response.ok) throw new Error(`uploading ${fileName}: S3 answered ${response.status} ${await response.text()}`)
  return { name: fileName, uri: `s3://${source.status.outputs.bucket}/${grant.key}`, bytes }
}
