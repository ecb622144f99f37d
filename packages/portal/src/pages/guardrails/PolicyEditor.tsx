import { type UIEvent, useRef } from 'react'
import type { JsonError } from './json-error.ts'

interface PolicyEditorProps {
  label: string
  text: string
  error: JsonError | null
  onChange: (text: string) => void
}

/**
 * A text of many lines with their numbers, the wrong one marked. A plain text area: it keeps the browser's undo,
 * selection and screen-reader support, and Tab still leaves it.
 */
export function PolicyEditor({ label, text, error, onChange }: PolicyEditorProps) {
  const gutter = useRef<HTMLPreElement>(null)
  const follow = (event: UIEvent<HTMLTextAreaElement>) => {
    if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
  }
  return (
    <div className="policy-editor">
      <pre ref={gutter} aria-hidden="true">
        {text.split('\n').map((_, index) => {
          const line = index + 1
          return (
            <div key={line} className={line === error?.line ? 'wrong' : undefined}>
              {line}
            </div>
          )
        })}
      </pre>
      <textarea
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
  )
}
