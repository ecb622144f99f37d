import type { TagSpecification } from '@aws-sdk/client-ec2'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { type Ec2Row, ec2Arn, type Kind, rows } from './kind.ts'
import { tagsFor } from './tag-specification.ts'

type Context = Record<string, string | readonly string[] | undefined>

/** An action without resource-level permissions: all Describe calls. */
export function anyResource(action: string, call: Call): AccessCheck[] {
  return [{ action: `ec2:${action}`, resource: '*', context: { 'ec2:Region': call.region } }]
}

/** Check on an existing resource. A missing one is checked by its ARN alone: denial comes before NotFound. */
export function onExisting<Row extends Ec2Row>(
  action: string,
  kind: Kind<Row>,
  id: string | undefined,
  call: Call,
  context: Context = {},
): AccessCheck {
  const row = id === undefined ? undefined : rows(kind, call).get(id)
  return {
    action: `ec2:${action}`,
    resource: ec2Arn(call, kind.name, id ?? '*'),
    resourceTags: row?.tags,
    context: { 'ec2:Region': call.region, ...tagKeys(row?.tags), ...(row && kind.keys(row, call)), ...context },
  }
}

/**
 * Checks for a resource that the call makes: the action on `type/*`, and ec2:CreateTags with ec2:CreateAction
 * when it is made with tags (EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation").
 */
export function onCreated<Row extends Ec2Row>(
  action: string,
  kind: Kind<Row>,
  tagged: { TagSpecifications?: TagSpecification[] | undefined },
  call: Call,
  context: Context = {},
): AccessCheck[] {
  const requestTags = tagsFor(tagged.TagSpecifications, kind.name)
  const check: AccessCheck = {
    action: `ec2:${action}`,
    resource: ec2Arn(call, kind.name, '*'),
    requestTags,
    context: { 'ec2:Region': call.region, ...context },
  }
  if (Object.keys(requestTags).length === 0) return [check]
  return [check, { ...check, action: 'ec2:CreateTags', context: { ...check.context, 'ec2:CreateAction': action } }]
}

function tagKeys(tags: Record<string, string> | undefined): Context {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`ec2:ResourceTag/${key}`, value]))
}
