import { type CompiledPolicy, compilePolicy, evaluate } from '@uais/iam'
import type { PlannedDenial, Stack } from '../stack.ts'
import type { Check } from './prove.ts'

/** Asks the evaluator, with the compiled documents of the plan, what must never be allowed. */
export function denialChecks(stack: Stack): Check[] {
  return stack.denials.map((denial) => {
    const missing = [
      ...denial.identity,
      ...(denial.boundary ? [denial.boundary] : []),
      ...(denial.scp ? [denial.scp] : []),
    ].filter((name) => textOf(stack, name) === undefined)
    if (missing.length > 0)
      return {
        id: denial.id,
        title: denial.title,
        passed: false,
        message: `There is no document '${missing.join("', '")}' to judge.`,
      }
    const { decision, because } = evaluate(requestOf(stack, denial), policySetOf(stack, denial))
    const passed = decision !== 'Allowed'
    return {
      id: denial.id,
      title: denial.title,
      passed,
      message: `${decision}: ${because[0]?.why ?? 'nothing allows it'}`,
    }
  })
}

function requestOf(stack: Stack, denial: PlannedDenial) {
  const { principal, action, resource, context } = denial.request
  return {
    principal,
    action,
    resource: { arn: resource, accountId: stack.account.awsAccountId },
    context: context ?? {},
  }
}

function policySetOf(stack: Stack, denial: PlannedDenial) {
  const compile = (name: string): CompiledPolicy => compilePolicy(textOf(stack, name), { name })
  return {
    identityPolicies: denial.identity.map(compile),
    ...(denial.boundary ? { permissionsBoundaries: [compile(denial.boundary)] } : {}),
    ...(denial.scp ? { serviceControlPolicies: [{ level: 'account', policies: [compile(denial.scp)] }] } : {}),
  }
}

const textOf = (stack: Stack, name: string): string | undefined => stack.policies[name] ?? stack.standing?.[name]
