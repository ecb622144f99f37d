/** Code that scrolls inside its own box, which the keyboard can reach. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="code-block" tabIndex={0} aria-label={label}>
      {code}
    </section>
  )
}
