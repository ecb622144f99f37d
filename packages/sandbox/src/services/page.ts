/** One page of a list and the token of the next, if there is more. */
export interface Page<Item> {
  items: Item[]
  next?: string
}

/**
 * Cuts one page out of a list that has a stable order. The token names the last item answered, so that items added
 * or removed between two calls neither repeat nor hide others.
 */
export function page<Item>(
  all: readonly Item[],
  key: (item: Item) => string,
  size: number,
  token: string | undefined,
  invalidToken: () => Error,
): Page<Item> {
  let start = 0
  if (token !== undefined) {
    const last = Buffer.from(token, 'base64url').toString()
    if (last === '' || Buffer.from(last).toString('base64url') !== token) throw invalidToken()
    const index = all.findIndex((item) => key(item) === last)
    start = index >= 0 ? index + 1 : all.findIndex((item) => key(item) > last)
    if (start < 0) start = all.length
  }
  const items = all.slice(start, start + size)
  const more = start + size < all.length
  return more ? { items, next: Buffer.from(key(items.at(-1) as Item)).toString('base64url') } : { items }
}
