import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { CodeBlock } from '../../ui/CodeBlock.tsx'

/** A call to begin with: predictions are asked of SageMaker itself, with the caller's own rights, never through UAIS. */
export function HowToCall({ endpointName }: { endpointName: string }) {
  const command = [
    `aws sagemaker-runtime invoke-endpoint --endpoint-name ${endpointName}`,
    '--content-type text/csv --accept text/csv',
    '--body fileb://rows.csv predictions.csv',
  ].join(' \\\n  ')
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="From a workspace, or with a role that may invoke this endpoint. rows.csv has the columns of the training data without the first, which is what is predicted."
          actions={
            <CopyToClipboard
              copyButtonText="Copy"
              textToCopy={command}
              copySuccessText="Copied"
              copyErrorText="Copying failed"
            />
          }
        >
          How to call it
        </Header>
      }
    >
      <SpaceBetween size="s">
        <CodeBlock label="Command that asks for predictions" code={command} />
      </SpaceBetween>
    </Container>
  )
}
