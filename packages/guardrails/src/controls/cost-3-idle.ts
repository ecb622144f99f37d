import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { sagemakerArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'

/** Domain, space, type, name (Service Authorization Reference, resource type "app"); types are written either way. */
const stopWhenIdle = (p: AccountParams) =>
  ['CodeEditor', 'JupyterLab', 'codeeditor', 'jupyterlab'].map((type) => sagemakerArn(p, `app/*/*/${type}/*`))
/** One app stands for all: the statement says nothing of domain and space, and no name holds a slash. */
const others = (p: AccountParams) =>
  ['JupyterServer', 'KernelGateway', 'RSessionGateway', 'TensorBoard', 'jupyterserver', 'kernelgateway'].map((type) =>
    sagemakerArn(p, `app/${p.domainId ?? 'd-x'}/any-space/${type}/default`),
  )

export const idle: Control = {
  id: 'COST-3',
  title: 'What nobody uses stops by itself',
  category: 'cost',
  words:
    'Studio runs only the kinds of app that stop when they are idle, and the domain is set to stop them after the agreed ' +
    'time.',
  enforcedBy: ['scp', 'identity policy', 'terraform', 'event rule'],
  limits: [
    'AWS has no rule about the idle time itself: it is set on the domain, which IMM-1 guards, and a changed space is reported.',
    'The shortest idle time is an hour. A running job counts until its longest time (COST-1).',
  ],
  sources: [
    'Amazon SageMaker AI Developer Guide, Idle shutdown',
    'Amazon SageMaker AI API Reference, IdleSettings',
    'Service Authorization Reference, Amazon SageMaker AI: resource type app',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'studio'],
      deny('COST3OnlyAppsThatStop', { Action: 'sagemaker:CreateApp', NotResource: stopWhenIdle(params) }),
    ),
  invariants: (params) => [nobody('COST-3/others', 'sagemaker:CreateApp', { on: others(params) })],
}
