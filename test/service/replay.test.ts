import { prove } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { bundleOf, corpus } from './replay/corpus.ts'
import { openStage } from './replay/stage.ts'

/**
 * What the prover says, the wire says too: each counterexample is sent with the AWS SDK to a sandbox in which its world
 * is built, where it is allowed; with the corrected policies the promise is proved, and the same requests are refused.
 */
describe.each(corpus)('$title', (one) => {
  it('is disproved, really possible, and refused by the form that is proved', async () => {
    const [naive, fixed] = [bundleOf(one, one.naive), bundleOf(one, one.fixed)]
    const [told] = (await prove(naive)).results
    expect(told?.verdict, told?.why).toBe('disproved')
    const counterexample = told!.counterexample!
    const open = await openStage(naive)
    await expect(open.replay(counterexample).finally(() => open.close())).resolves.toBeUndefined()

    const [kept] = (await prove(fixed)).results
    expect(kept?.verdict, kept?.why).toBe('proved')
    const closed = await openStage(fixed)
    const refused = await closed.replay(counterexample).then(
      () => undefined,
      (error: Error) => error,
    )
    await closed.close()
    expect(refused?.name).toMatch(/^AccessDenied(Exception)?$/)
    expect(refused?.message).toContain(`is not authorized to perform: `)
    expect(refused?.message).toContain(one.refusal)
  })
})
