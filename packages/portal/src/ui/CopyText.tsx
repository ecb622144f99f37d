import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** An identifier that people paste elsewhere: ARN, URI, digest. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${label}`}
      copySuccessText="Copied"
      copyErrorText="Copying failed"
    />
  )
}
