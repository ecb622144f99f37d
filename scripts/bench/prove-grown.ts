import { type ProofBundle, prove } from '@uais/iam'
import { grownAccount } from './grown-account.ts'

/** Proves an account in a process of its own: `tsx prove-grown.ts <principals> <resources>` prints one line of JSON. */
const [principals, resources] = process.argv.slice(2).map(Number) as [number, number]
const bundle = grownAccount(principals, resources)

async function timed(of: ProofBundle): Promise<{ ms: number; proved: number }> {
  const copy: unknown = JSON.parse(JSON.stringify(of))
  const began = performance.now()
  const { results } = await prove(copy)
  const ms = Math.round(performance.now() - began)
  return { ms, proved: results.filter(({ verdict }) => verdict === 'proved').length }
}

/** The account after one of its roles was given one more permission. */
function changed(): ProofBundle {
  const [last, ...others] = bundle.principals.toReversed()
  const Statement = { Effect: 'Allow' as const, Action: ['s3:PutObject', 'kms:Decrypt'], Resource: '*' }
  const more = { name: 'more', policy: { Version: '2012-10-17' as const, Statement } }
  const given = { ...last!, identityPolicies: [...last!.identityPolicies, more] }
  return { ...bundle, principals: [...others.toReversed(), given] }
}

const cold = await timed(bundle)
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
const warm = await timed(bundle)
const afterChange = await timed(changed())
process.stdout.write(
  `${JSON.stringify({
    principals: bundle.principals.length,
    resources: bundle.resources.length,
    promises: bundle.invariants.length,
    proved: cold.proved,
    coldMs: cold.ms,
    warmMs: warm.ms,
    afterChangeMs: afterChange.ms,
    megabytesCold: megabytes,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
)
