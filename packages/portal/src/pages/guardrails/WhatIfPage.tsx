import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import type { GuardrailDocument } from '@uais/contract'
import { useState } from 'react'
import { useRead } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { Crumbs } from '../../ui/Crumbs.tsx'
import { titled } from '../../ui/field-words.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { NotFoundPage } from '../../ui/NotFoundPage.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { jsonError } from './json-error.ts'
import { PolicyEditor } from './PolicyEditor.tsx'
import { useWhatIf } from './use-what-if.ts'
import { WhatIfResults } from './WhatIfResults.tsx'

const count = new Intl.NumberFormat('en')

/** Edit a policy document and see which promises would break. Nothing is changed anywhere. */
export function WhatIfPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { document } = useSearch({ strict: false }) as { document?: string }
  const documents = useRead('accounts.guardrail-documents', { params: { id } })
  return (
    <Loaded query={documents}>
      {({ items }) => {
        const chosen = items.find((each) => each.name === document) ?? items[0]
        return chosen ? <WhatIf key={chosen.name} accountId={id} documents={items} chosen={chosen} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

interface WhatIfProps {
  accountId: string
  documents: readonly GuardrailDocument[]
  chosen: GuardrailDocument
}

function WhatIf({ accountId, documents, chosen }: WhatIfProps) {
  const router = useRouter()
  const account = useRead('accounts.read', { params: { id: accountId } })
  const [text, setText] = useState(chosen.text)
  const changed = text !== chosen.text
  const wrong = jsonError(text)
  const state = useWhatIf(accountId, chosen.name, changed && !wrong ? text : null)
  const options = documents.map(({ name, kind }) => ({ value: name, label: name, description: kind }))
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Edit a policy document and see which promises would break. Nothing is changed anywhere."
        >
          What if …
        </Header>
      }
      breadcrumbs={
        <Crumbs
          items={[
            { text: 'Accounts', href: paths.accounts },
            { text: account.data?.name ?? '…', href: paths.account(accountId) },
            { text: 'Guardrails', href: paths.accountGuardrails(accountId) },
            { text: 'What if', href: paths.accountWhatIf(accountId) },
          ]}
        />
      }
    >
      <PageTitle title="What if" />
      <SpaceBetween size="l">
        <Container
          header={
            <Header
              variant="h2"
              description={`Has statements of ${chosen.controls.join(', ') || 'no control'}. ${sizeOf(text, chosen)}`}
              actions={
                <Button disabled={!changed} disabledReason="Nothing is changed." onClick={() => setText(chosen.text)}>
                  Start again
                </Button>
              }
            >
              {titled(chosen.kind)}
            </Header>
          }
        >
          <SpaceBetween size="s">
            <FormField label="Document">
              <Select
                selectedOption={options.find((option) => option.value === chosen.name) ?? null}
                options={options}
                filteringType="auto"
                onChange={({ detail }) =>
                  void router.navigate({ href: paths.accountWhatIf(accountId, detail.selectedOption.value) })
                }
              />
            </FormField>
            <PolicyEditor label={`Text of ${chosen.name}`} text={text} error={wrong} onChange={setText} />
          </SpaceBetween>
        </Container>
        <WhatIfResults state={state} changed={changed} />
      </SpaceBetween>
    </ContentLayout>
  )
}

function sizeOf(text: string, { text: original, characters, limit }: GuardrailDocument): string {
  if (text === original)
    return `${count.format(characters)} characters${limit === null ? '' : ` of ${count.format(limit)}`} as AWS counts them.`
  return 'Changed: its size is counted when it is compiled.'
}
