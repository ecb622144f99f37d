export interface Orphan {
  address: string
  id: string
}

/** Terraform language, "Import": the address is an expression, the id a literal string. */
export function importBlocks(orphans: readonly Orphan[]): string {
  return orphans.map(({ address, id }) => `import {\n  to = ${address}\n  id = ${hclString(id)}\n}\n`).join('\n')
}

/** A quoted HCL template without interpolation (HCL syntax specification, "Quoted Templates"). */
const hclString = (text: string) => JSON.stringify(text).replace(/\$\{/g, '$$${').replace(/%\{/g, '%%{')
