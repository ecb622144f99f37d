import { oneLine } from './printable.ts'

export interface Column<T> {
  title: string
  value: (item: T) => string | number | null | undefined
}

/** Aligned columns with a heading line; nothing fancy, so that grep and awk work on it. */
export function printTable<T>(items: T[], columns: Column<T>[], out: (line: string) => void): void {
  const rows = items.map((item) => columns.map((column) => oneLine(String(column.value(item) ?? '-'))))
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  out(line(columns.map((column) => column.title.toUpperCase())))
  for (const row of rows) out(line(row))
}
