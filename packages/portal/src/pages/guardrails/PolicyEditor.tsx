import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type UIEvent, useRef } from 'react'
import type { JsonError } from './json-error.ts'

interface PolicyEditorProps {
  label: string
  text: string
  error: JsonError | null
  onChange: (text: string) => void
}

/** In pixels, as portal.css has it. */
const lineHeight = 20

/**
 * A text of many lines with their numbers, the wrong one marked. A plain text area: it keeps the browser's undo,
 * selection and screen-reader support, and Tab still leaves it.
 */
export function PolicyEditor({ label, text, error, onChange }: PolicyEditorProps) {
  const gutter = useRef<HTMLPreElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const lines = text.split('\n')
  const follow = (event: UIEvent<HTMLTextAreaElement>) => {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
  }
  const goTo = ({ line, column }: JsonError) => {
    const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
    area.current?.focus()
    area.current?.setSelectionRange(before, before + 1)
    area.current?.scrollTo({ top: (line - 4) * lineHeight })
  }
  return (
    <>
      <div className="policy-editor">
        <pre ref={gutter} aria-hidden="true">
          {lines.map((_, index) => {
            const line = index + 1
            return (
              <div key={line} className={line === error?.line ? 'wrong' : undefined}>
                {line}
              </div>
            )
          })}
        </pre>
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={error !== null}
          aria-describedby="policy-editor-problem"
          value={text}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          onScroll={follow}
        />
      </div>
      <div id="policy-editor-problem" role="status">
        {error && (
          <>
            <StatusIndicator type="error">
              {`Line ${error.line}, column ${error.column}: ${error.message}.`}
            </StatusIndicator>{' '}
            <Button variant="inline-link" onClick={() => goTo(error)}>
              Go there
            </Button>
          </>
        )}
      </div>
    </>
  )
}
