import type { deploymentConfigurationSchema } from '@uais/contract'
import type { z } from 'zod'
import { prices } from '../runs/prices.ts'

type Configuration = z.input<typeof deploymentConfigurationSchema>

const ready = [
  {
    id: 'try-it',
    title: 'Try it',
    description: 'One instance. For calls by hand and first integration; a failure of the instance is an interruption.',
    // The smallest agreed type that hosts: endpoints do not run on ml.t3.
    instanceType: 'ml.m5.large',
    instanceCount: 1,
    environment: 'test',
  },
  {
    id: 'steady',
    title: 'Steady',
    description: 'Two instances in different zones, so that one may fail. Steady processor, no burst credits.',
    instanceType: 'ml.m5.large',
    instanceCount: 2,
    environment: 'production',
  },
  {
    id: 'busy',
    title: 'Busy',
    description: 'Two instances with more processor for many or heavy predictions.',
    instanceType: 'ml.c5.2xlarge',
    instanceCount: 2,
    environment: 'production',
  },
] as const

/** Ready-made choices with what they cost; prices and their source are those of `runs/prices.ts`. */
export function configurations(): Configuration[] {
  return ready.map((choice) => {
    const each = prices.instancePerHour[choice.instanceType]
    if (each === undefined) throw new Error(`pricing '${choice.id}': there is no price of ${choice.instanceType}`)
    return { ...choice, usdPerHour: Math.round(each * choice.instanceCount * 1000) / 1000 }
  })
}
