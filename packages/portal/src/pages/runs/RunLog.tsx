import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { RunLogLine } from '@uais/contract'
import { useEffect, useRef } from 'react'

/** The log as it is written. Follows the end unless the reader has scrolled up. */
export function RunLog({ lines, live, connected }: { lines: RunLogLine[]; live: boolean; connected: boolean }) {
  const box = useRef<HTMLPreElement>(null)
  const follows = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line arrives
  useEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines.length])
  const onScroll = () => {
    const element = box.current
    if (element) follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40
  }
  const state = live ? (
    <StatusIndicator type={connected ? 'in-progress' : 'warning'}>
      {connected ? 'Live' : 'Reconnecting'}
    </StatusIndicator>
  ) : undefined
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${lines.length})`} info={state}>
          Log
        </Header>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre className="run-log" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label="Run log">
        {lines.map((line) => (
          <div key={line.seq}>
            <time dateTime={line.at}>{line.at.slice(11, 19)}</time>
            <span className={line.level}>{line.message}</span>
          </div>
        ))}
        {lines.length === 0 && 'Nothing logged yet.'}
      </pre>
    </Container>
  )
}
