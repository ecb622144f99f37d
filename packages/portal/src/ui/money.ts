const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })

/** "$1,000": whole US dollars. */
export const dollars = (amount: number): string => format.format(amount)
