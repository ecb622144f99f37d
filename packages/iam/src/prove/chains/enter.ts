import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { assume } from './assume.ts'
import { throughCompute } from './compute-access.ts'
import { throughProvider } from './federation.ts'
import { anyService, throughService } from './pass-role.ts'
import { joined, stepsTo } from './steps.ts'
import { boundaryAtFirst, type Target, withBoundary } from './target.ts'
import { trusted, trustsAccount } from './trust.ts'

/**
 * Steps by which somebody comes to act as a user or role that is there; undefined when nobody can.
 *
 * @param open the same people where roles trust whomever one likes
 */
export function enter(asker: Asker, target: Target, open: Asker): readonly ProofRequest[] | undefined {
  if (target.kind === 'user') return signIn(asker, target)
  return (
    assumeAsTrusted(asker, target) ??
    throughCompute(asker, target.arn) ??
    throughProvider(asker, target) ??
    throughService(asker, target, trusted(target.listed?.principal.trustPolicy, 'Service')) ??
    afterRewriting(asker, target, open)
  )
}

function assumeAsTrusted(asker: Asker, { arn, listed }: Target): readonly ProofRequest[] | undefined {
  const isOpen = trustsAccount(listed?.principal.trustPolicy, asker.world.bundle.account)
  return isOpen ? assume(asker, arn) : undefined
}

/** UpdateAssumeRolePolicy makes the role trust whomever one likes. */
function afterRewriting(asker: Asker, target: Target, open: Asker): readonly ProofRequest[] | undefined {
  const when = withBoundary(boundaryAtFirst(target))
  const rewritten = asker.ask({ action: 'iam:UpdateAssumeRolePolicy', arns: [target.arn], when })
  const entered = rewritten && enterOpen(open, target)
  return entered && joined(stepsTo(rewritten), entered)
}

/** As `enter`, for a role whose trust policy somebody wrote, or a user that somebody created. */
export function enterOpen(open: Asker, target: Target): readonly ProofRequest[] | undefined {
  if (target.kind === 'user') return signIn(open, target)
  return assume(open, target.arn) ?? throughService(open, target, anyService)
}

/** IAM User Guide, "Manage access keys for IAM users" and "Manage passwords for IAM users". */
function signIn(asker: Asker, { arn }: Target): readonly ProofRequest[] | undefined {
  for (const action of ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile']) {
    const found = asker.ask({ action, arns: [arn] })
    if (found) return stepsTo(found)
  }
  return undefined
}
