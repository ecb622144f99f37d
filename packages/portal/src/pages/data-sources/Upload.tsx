import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FileUpload from '@cloudscape-design/components/file-upload'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useAct } from '../../ui/use-act.ts'
import { postFile } from './post-file.ts'

/** Files go from the browser to the owner's bucket by presigned POST; UAIS only signs the grant. */
export function Upload({ sourceId }: { sourceId: string }) {
  const [files, setFiles] = useState<File[]>([])
  const [progress, setProgress] = useState<Record<string, number>>({})
  const { busy, act } = useAct()

  async function sendAll() {
    for (const file of files) {
      const grant = await client.call('data-sources.upload', {
        params: { id: sourceId },
        body: { fileName: file.name, bytes: file.size, contentType: file.type || 'application/octet-stream' },
      })
      await postFile(grant, file, (percent) => setProgress((current) => ({ ...current, [file.name]: percent })))
    }
    setFiles([])
    setProgress({})
  }

  return (
    <Container
      header={
        <Header variant="h2" description="Straight into the owner’s bucket, encrypted with the owner’s key.">
          Upload
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FileUpload
          multiple
          value={files}
          onChange={({ detail }) => setFiles(detail.value)}
          showFileSize
          i18nStrings={{
            uploadButtonText: (multiple) => (multiple ? 'Choose files' : 'Choose a file'),
            dropzoneText: () => 'Drop files here',
            removeFileAriaLabel: (index) => `Remove file ${index + 1}`,
            limitShowFewer: 'Show fewer files',
            limitShowMore: 'Show more files',
            errorIconAriaLabel: 'Error',
          }}
        />
        {Object.entries(progress).map(([name, value]) => (
          <ProgressBar key={name} label={name} value={value} />
        ))}
        <Button
          variant="primary"
          disabled={files.length === 0}
          loading={busy}
          onClick={() => void act(sendAll, 'Uploaded.')}
        >
          Upload
        </Button>
      </SpaceBetween>
    </Container>
  )
}
