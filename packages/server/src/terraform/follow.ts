import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const everyMs = 150

/** Hands on each whole line that is appended to a file. The returned function reads the rest and ends it. */
export function follow(file: string, onLine: (line: string) => void): () => void {
  const fd = openSync(file, 'r')
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(64 * 1024)
  let rest = ''
  const drain = () => {
    for (;;) {
      const bytes = readSync(fd, buffer, 0, buffer.length, null)
      if (bytes === 0) return
      const lines = (rest + decoder.write(buffer.subarray(0, bytes))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) onLine(line)
    }
  }
  const timer = setInterval(drain, everyMs)
  return () => {
    clearInterval(timer)
    drain()
    if (rest.trim()) onLine(rest)
    closeSync(fd)
  }
}
