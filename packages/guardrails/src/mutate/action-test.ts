const tests = new Map<string, (action: string) => boolean>()

/** Whether an action is among those that the patterns of policies speak of; names have no case. */
export function actionTest(patterns: readonly string[]): (action: string) => boolean {
  const id = patterns.join()
  const known = tests.get(id) ?? testOf(patterns)
  tests.set(id, known)
  return known
}

function testOf(patterns: readonly string[]): (action: string) => boolean {
  const whole = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  )
  const test = new RegExp(`^(?:${whole.join('|')})$`, 'i')
  return (action) => test.test(action)
}
