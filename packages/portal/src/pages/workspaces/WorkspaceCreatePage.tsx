import { useParams, useRouter } from '@tanstack/react-router'
import { type Answer, type Api, type Project, workspaceCreate } from '@uais/contract'
import { client } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { paths } from '../../paths.ts'
import { ChoiceField } from '../../ui/Field.tsx'
import { FormPage, FormSection } from '../../ui/FormPage.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { useForm } from '../../ui/use-form.ts'
import { DataUseTerms } from '../accounts/DataUseTerms.tsx'

type Member = Answer<Api['projects.members']>['items'][number]

const instances = [
  { value: 'ml.t3.medium', label: 'ml.t3.medium', description: '2 vCPU, 4 GiB: for looking and light work' },
  { value: 'ml.m5.large', label: 'ml.m5.large', description: '2 vCPU, 8 GiB' },
  { value: 'ml.m5.2xlarge', label: 'ml.m5.2xlarge', description: '8 vCPU, 32 GiB' },
]

export function WorkspaceCreatePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const project = useRead('projects.read', { params: { id } })
  const members = useRead('projects.members', { params: { id }, query: { limit: 100 } })
  return (
    <Loaded query={project}>
      {(data) => <Loaded query={members}>{({ items }) => <WorkspaceForm project={data} members={items} />}</Loaded>}
    </Loaded>
  )
}

const works = (member: Member) => member.roles.includes('lead') || member.roles.includes('scientist')

/** For oneself; whoever leads the project may give one to another member. */
function WorkspaceForm({ project: { id }, members }: { project: Project; members: Member[] }) {
  const router = useRouter()
  const { person } = useSession()
  const me = members.find((member) => member.oid === person.oid)
  const candidates = members.filter((member) => works(member) && (member === me || me?.roles.includes('lead')))
  const form = useForm({
    initial: { instanceType: 'ml.t3.medium', memberOid: person.oid },
    shape: (values) => ({ spec: values }),
    schema: workspaceCreate,
    send: async (body) => {
      await client.call('workspaces.create', { params: { id }, body, idempotencyKey: crypto.randomUUID() })
      await router.navigate({ href: paths.project(id) })
    },
  })
  return (
    <FormPage
      title="Add workspace"
      description="A SageMaker Studio space for one person, inside the owner’s account and network. Everything done in it carries that person’s identity."
      submitLabel="Add workspace"
      cancelTo={paths.project(id)}
      busy={form.busy}
      onSubmit={form.submit}
      notice={<DataUseTerms projectId={id} />}
      refused={
        me && works(me)
          ? undefined
          : 'Workspaces are for the project’s leads and scientists. Ask a lead to be added to one of their Entra groups.'
      }
    >
      <FormSection>
        {candidates.length > 1 && (
          <ChoiceField
            label="For"
            value={form.values.memberOid}
            error={form.error('spec.memberOid')}
            options={candidates.map(({ oid, name, userPrincipalName }) => ({
              value: oid,
              label: name,
              description: userPrincipalName,
            }))}
            onChange={(v) => form.set('memberOid', v)}
          />
        )}
        <ChoiceField
          label="Instance"
          value={form.values.instanceType}
          error={form.error('spec.instanceType')}
          options={instances}
          onChange={(v) => form.set('instanceType', v)}
        />
      </FormSection>
    </FormPage>
  )
}
