import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { CounterexampleView, ProvedRequest } from '@uais/contract'
import { CodeBlock } from '../../ui/CodeBlock.tsx'

/** How a promise is broken: in a sentence, and as the requests that would be sent, in their order. */
export function Counterexample({ example }: { example: CounterexampleView }) {
  const { sentence, steps, ...last } = example
  const requests = [...steps, last]
  return (
    <SpaceBetween size="xs">
      <Box variant="p">{sentence}</Box>
      {requests.map((request, index) => (
        <div key={textOf(request)}>
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Box variant="awsui-key-label">
              {requests.length > 1 ? `Request ${index + 1} of ${requests.length}` : 'The request'}
            </Box>
            <CopyToClipboard
              variant="icon"
              textToCopy={textOf(request)}
              copyButtonAriaLabel={`Copy request ${index + 1}: ${request.action}`}
              copySuccessText="Copied"
              copyErrorText="Copying failed"
            />
          </SpaceBetween>
          <CodeBlock label={`Request ${index + 1}: ${request.action}`} code={textOf(request)} />
        </div>
      ))}
    </SpaceBetween>
  )
}

const textOf = ({ principal, action, resource, context }: ProvedRequest) =>
  JSON.stringify({ principal, action, resource, context }, null, 2)
