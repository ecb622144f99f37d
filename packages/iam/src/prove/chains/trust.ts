import { compilePolicy } from '../../policy/compile.ts'
import { listOf, type PolicyDocument } from '../../policy/document.ts'
import type { World } from '../world.ts'
import { memoryOf } from './memory.ts'
import type { Target } from './target.ts'

/** Principals of one kind that a trust policy's Allow statements name. */
export function trusted(trust: PolicyDocument | null | undefined, kind: 'Service' | 'Federated'): readonly string[] {
  const statements = listOf(trust?.Statement ?? []).filter(({ Effect }) => Effect === 'Allow')
  const names = statements.flatMap(({ Principal }) => (Principal === '*' || !Principal ? [] : listOf(Principal[kind])))
  return [...new Set(names)]
}

/** Whether the trust policy can let in anybody of the account. */
export function trustsAccount(trust: PolicyDocument | null | undefined, account: string): boolean {
  return listOf(trust?.Statement ?? []).some(({ Effect, Principal }) => {
    if (Effect !== 'Allow') return false
    if (Principal === undefined || Principal === '*') return true
    return listOf(Principal.AWS).some((name) => name === '*' || name.includes(account))
  })
}

/**
 * The world in which every target's trust policy is what an attacker would write: it names all targets and all these
 * services. A principal that is named needs no policy of its own to assume the role.
 */
export function openWorld(world: World, targets: readonly Target[], services: readonly string[]): World {
  return memoryOf(world).derived('open', () => {
    const roles = targets.filter(({ kind }) => kind === 'role')
    const resourcePolicy = compilePolicy(openTrust(world, targets, services), { name: 'rewritten trust policy' })
    const opened = new Set(roles.map(({ arn }) => arn))
    return {
      ...world,
      resources: [
        ...world.resources.filter(({ arn }) => !opened.has(arn)),
        ...roles.map(({ arn, tags }) => ({ arn, tags, resourcePolicy, role: undefined })),
      ],
    }
  })
}

function openTrust({ candidates }: World, targets: readonly Target[], services: readonly string[]): PolicyDocument {
  const people = [...new Set([...targets, ...candidates].map(({ arn }) => arn))]
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: people, Service: [...services] },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      },
    ],
  }
}
