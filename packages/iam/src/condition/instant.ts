const iso = /^(\d{4})(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/
const epoch = /^-?\d+(\.\d+)?$/

/**
 * A date of a policy or request in milliseconds, so that both forms compare with each other: W3C ISO 8601, or UNIX time
 * in seconds (IAM User Guide, "Date condition operators"). Four digits are a year. NaN when it is neither.
 */
export function parseInstant(text: string): number {
  const date = iso.exec(text)
  if (!date) return epoch.test(text) ? Number(text) * 1000 : Number.NaN
  const hasTime = date[4] !== undefined
  const hasZone = date[7] !== undefined
  return Date.parse(hasTime && !hasZone ? `${text}Z` : text)
}
