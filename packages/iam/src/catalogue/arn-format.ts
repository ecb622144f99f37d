const formats = new Map<string, RegExp>()

/** Whether an ARN has the format of a resource type, each `${Name}` standing for at least one character. */
export function matchesArnFormat(format: string, arn: string): boolean {
  let expression = formats.get(format)
  if (!expression) {
    expression = new RegExp(
      `^${format
        .split(/\$\{[^}]+\}/)
        .map(quoted)
        .join('(.+?)')}$`,
    )
    formats.set(format, expression)
  }
  return expression.test(arn)
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
