import { z } from 'zod'
import { exceptionCreate, exceptionDecision, exceptionSchema } from './exception.ts'
import {
  accountGuardrail,
  denialSchema,
  guardrailDocumentSchema,
  guardrailSchema,
  whatIfReportSchema,
  whatIfRequest,
} from './guardrail.ts'
import { existingProofSchema, proofReportSchema } from './proof.ts'
import { act, byId, list, listIn, nothing, read, route } from './route.ts'

/** Routes of guardrails, their proofs and their exceptions. */
export const guardrailApi = {
  'guardrails.list': list('/guardrails', 'ReadGuardrails', 'The guardrail catalogue', guardrailSchema),
  /** One entry per control, with its last proof. Counterexamples are for owner, administrators and auditors: null to others. */
  'accounts.guardrails': listIn(
    '/accounts/{id}/guardrails',
    'ReadGuardrails',
    'Guardrails and how they hold in this account',
    accountGuardrail,
  ),
  /** Start of a "what if" page: edit a `text`, send it back under its `name`. */
  'accounts.guardrail-documents': read(
    '/accounts/{id}/guardrails/documents',
    'ReadGuardrails',
    'Every policy document of the account, as compiled',
    z.object({ items: z.array(guardrailDocumentSchema) }),
  ),
  /** Changes nothing and reaches into no account. A document that is no policy: 400 with field `documents.<name>`. */
  'accounts.what-if': act(
    '/accounts/{id}/guardrails/what-if',
    'TryGuardrails',
    'Which promises would break with edited documents',
    whatIfRequest,
    whatIfReportSchema,
  ),
  /** Reads the live documents (seconds), proves them, keeps the result; `accounts.guardrails` shows it afterwards. */
  'accounts.prove': act(
    '/accounts/{id}/guardrails/prove',
    'ProveAccount',
    'Prove the live documents now',
    nothing,
    proofReportSchema,
  ),
  /** Poll while `state` is `running`. */
  'accounts.proof': read(
    '/accounts/{id}/proof',
    'ReadExistingProof',
    'What the account’s own roles could do before UAIS makes anything',
    existingProofSchema,
  ),
  /** With the owner's consent: reads roles, users and service control policies by `uais-audit`, and changes nothing. */
  'accounts.start-proof': route({
    method: 'POST',
    path: '/accounts/{id}/proof',
    action: 'ProveExisting',
    summary: 'Read the account’s principals and prove against them',
    params: byId,
    body: nothing,
    response: existingProofSchema,
    status: 202,
  }),
  /** Newest first, of the last 90 days at most. */
  'accounts.denials': listIn(
    '/accounts/{id}/denials',
    'ReadDenials',
    'Calls that were refused in the account, and what stopped them',
    denialSchema,
  ),
  'projects.denials': listIn(
    '/projects/{id}/denials',
    'ReadProject',
    'Calls of the project that were refused, and what stopped them',
    denialSchema,
  ),

  'exceptions.list': list('/exceptions', 'ListExceptions', 'Exceptions that you may see', exceptionSchema),
  'accounts.exceptions': listIn(
    '/accounts/{id}/exceptions',
    'ReadGuardrails',
    'Exceptions of the account and its projects',
    exceptionSchema,
  ),
  /** By a platform administrator, for the whole account. */
  'exceptions.create': route({
    method: 'POST',
    path: '/accounts/{id}/exceptions',
    action: 'RequestException',
    summary: 'Ask the data owner for an exception',
    params: byId,
    body: exceptionCreate,
    response: exceptionSchema,
    status: 201,
  }),
  /** By a lead of the project, or an administrator; it covers only what the project's roles do. */
  'exceptions.create-in-project': route({
    method: 'POST',
    path: '/projects/{id}/exceptions',
    action: 'RequestException',
    summary: 'Ask the data owner for an exception for one project',
    params: byId,
    body: exceptionCreate,
    response: exceptionSchema,
    status: 201,
  }),
  'exceptions.read': read('/exceptions/{id}', 'ReadException', 'One exception', exceptionSchema),
  /** By a data owner of the account who did not ask for it. */
  'exceptions.approve': act(
    '/exceptions/{id}/approve',
    'DecideException',
    'Put the exception in force until it expires',
    exceptionDecision,
    exceptionSchema,
  ),
  'exceptions.reject': act(
    '/exceptions/{id}/reject',
    'DecideException',
    'Refuse the exception',
    exceptionDecision,
    exceptionSchema,
  ),
  /** By the owner, an administrator, or whoever asked for it: at any time, asked for or in force. */
  'exceptions.revoke': act(
    '/exceptions/{id}/revoke',
    'RevokeException',
    'End the exception now',
    exceptionDecision,
    exceptionSchema,
  ),
} as const
