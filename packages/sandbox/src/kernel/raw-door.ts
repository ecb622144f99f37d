import { randomUUID } from 'node:crypto'
import { CallContext } from './call-context.ts'
import { findCredential } from './credentials.ts'
import type { Kernel } from './kernel.ts'
import type { Principal } from './principal.ts'
import type { RawDoor, Service } from './service.ts'

/** What a service's raw hook or a page may do in the kernel. */
export function rawDoor(kernel: Kernel, service: Service): RawDoor {
  return {
    now: kernel.clock(),
    credential: (accessKeyId) => findCredential(kernel.store, accessKeyId),
    async run({ principal, region, request, origin }, work) {
      const account = accountOf(principal)
      const call = new CallContext(kernel, {
        requestId: randomUUID(),
        service,
        operation: '',
        region,
        account,
        principal,
        origin: origin ?? { sourceIp: request.remoteAddress, secure: true },
        userAgent: request.headers['user-agent'] ?? '-',
        calledVia: [],
        http: request,
      })
      try {
        const output = await work(call)
        call.commit()
        return output
      } catch (error) {
        call.rollback()
        throw error
      }
    },
  }
}

/** A service works in the account on whose behalf it acts. */
function accountOf(principal: Principal): string {
  if (principal.type === 'anonymous') return ''
  return principal.type === 'service' ? principal.sourceAccount : principal.account
}
