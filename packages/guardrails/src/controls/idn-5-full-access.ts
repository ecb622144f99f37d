import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'

const attach = ['iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy']

/** FullAccess, CanvasFullAccess, ...: each opens apps and sessions of everybody, and passes roles by their name. */
const tooWide = (p: AccountParams) => `arn:${p.partition}:iam::aws:policy/AmazonSageMaker*FullAccess`

export const fullAccess: Control = {
  id: 'IDN-5',
  title: 'Nobody is given all of SageMaker',
  category: 'identity',
  words:
    "AWS's ready-made policies for SageMaker let their holder open anybody's session and app. They are attached to no " +
    'role, user or group of the account.',
  enforcedBy: ['scp'],
  limits: [
    'What is attached already stays: onboarding shows it.',
    'IAM Identity Center attaches through a service-linked role, which no guardrail binds: keep them out of your ' +
      'permission sets.',
    'The same rights written into a policy of another name are found by the proof, not by this rule.',
  ],
  sources: [
    'AWS Managed Policy Reference, AmazonSageMakerFullAccess',
    'Service Authorization Reference, AWS Identity and Access Management: iam:PolicyARN',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IDN5NoFullAccess', {
        Action: attach,
        Resource: '*',
        Condition: { ArnLike: { 'iam:PolicyARN': tooWide(params) } },
      }),
    ),
  invariants: (params) => [nobody('IDN-5/attach', attach, { when: { ArnLike: { 'iam:PolicyARN': tooWide(params) } } })],
}
