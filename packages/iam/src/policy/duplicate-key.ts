/**
 * The first key that an object of valid JSON text has twice. `JSON.parse` silently keeps the last one, so that a whole
 * condition of a policy could vanish unseen.
 */
export function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g
  for (const [match, colon] of text.matchAll(token)) {
    if (match === '{') open.push(new Set())
    else if (match === '[') open.push(undefined)
    else if (match === '}' || match === ']') open.pop()
    else if (colon !== undefined) {
      const key: string = JSON.parse(match.slice(0, -colon.length))
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
