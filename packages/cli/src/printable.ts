/** Control characters and bidirectional overrides in a name must not move or fool the cursor of somebody's terminal. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu

export const oneLine = (text: string): string => text.replace(unprintable, ' ')

/** The same for text of several lines: line breaks and tabs stay. */
export const manyLines = (text: string): string =>
  text.replace(unprintable, (found) => found.replace(/[^\n\t]/g, '') || ' ')
