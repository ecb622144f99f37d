import type {
  AddAssociationRequest,
  AddAssociationResponse,
  DeleteAssociationRequest,
  DeleteAssociationResponse,
  DescribeActionRequest,
  DescribeArtifactRequest,
  DescribeContextRequest,
  DescribeTrialComponentRequest,
  ListActionsRequest,
  ListArtifactsRequest,
  ListAssociationsRequest,
  ListAssociationsResponse,
  ListContextsRequest,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onAnything, onResource } from './access.ts'
import { resourceNotFound } from './errors.ts'
import {
  type ActionRow,
  type ArtifactRow,
  actions,
  artifacts,
  associate,
  associationKey,
  associations,
  type ContextRow,
  contexts,
  findEntity,
  type TrialComponentRow,
  trialComponents,
} from './lineage-store.ts'
import { describe, list } from './plain-operations.ts'
import { nameOf } from './resource.ts'

export const describeArtifact = describe<DescribeArtifactRequest, ArtifactRow>(artifacts, (input) =>
  nameOf(input.ArtifactArn ?? ''),
)
export const describeAction = describe<DescribeActionRequest, ActionRow>(actions, (input) =>
  nameOf(input.ActionName ?? ''),
)
export const describeContext = describe<DescribeContextRequest, ContextRow>(contexts, (input) =>
  nameOf(input.ContextName ?? ''),
)
export const describeTrialComponent = describe<DescribeTrialComponentRequest, TrialComponentRow>(
  trialComponents,
  (input) => nameOf(input.TrialComponentName ?? ''),
)

export const listArtifacts = list<ListArtifactsRequest, ArtifactRow>(artifacts, {
  name: 'ListArtifacts',
  member: 'ArtifactSummaries',
  nameOf: (row) => row.ArtifactName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.SourceUri || row.Source?.SourceUri === input.SourceUri) &&
    (!input.ArtifactType || row.ArtifactType === input.ArtifactType),
})

export const listActions = list<ListActionsRequest, ActionRow>(actions, {
  name: 'ListActions',
  member: 'ActionSummaries',
  nameOf: (row) => row.ActionName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.SourceUri || row.Source?.SourceUri === input.SourceUri) &&
    (!input.ActionType || row.ActionType === input.ActionType),
})

export const listContexts = list<ListContextsRequest, ContextRow>(contexts, {
  name: 'ListContexts',
  member: 'ContextSummaries',
  nameOf: (row) => row.ContextName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.SourceUri || row.Source?.SourceUri === input.SourceUri) &&
    (!input.ContextType || row.ContextType === input.ContextType),
})

export const addAssociation = operation<AddAssociationRequest, AddAssociationResponse>({
  name: 'AddAssociation',
  access: (input, call) =>
    [input.SourceArn, input.DestinationArn].map((arn) => onResource(call, 'AddAssociation', arn ?? '')),
  handle: (input, call) => {
    const { SourceArn: source = '', DestinationArn: destination = '' } = input
    for (const arn of [source, destination])
      if (!findEntity(call, arn)) throw resourceNotFound(`Lineage entity '${arn}' does not exist.`)
    associate(call, source, destination, input.AssociationType ?? 'AssociatedWith')
    return { SourceArn: source, DestinationArn: destination }
  },
})

export const deleteAssociation = operation<DeleteAssociationRequest, DeleteAssociationResponse>({
  name: 'DeleteAssociation',
  access: (input, call) =>
    [input.SourceArn, input.DestinationArn].map((arn) => onResource(call, 'DeleteAssociation', arn ?? '')),
  handle: (input, call) => {
    const { SourceArn: source = '', DestinationArn: destination = '' } = input
    if (!associations(call).delete(associationKey(source, destination)))
      throw resourceNotFound(`Association from '${source}' to '${destination}' does not exist.`)
    return { SourceArn: source, DestinationArn: destination }
  },
})

export const listAssociations = operation<ListAssociationsRequest, ListAssociationsResponse>({
  name: 'ListAssociations',
  access: (_input, call) => [onAnything(call, 'ListAssociations')],
  handle: (input, call) => {
    const found = [...associations(call).values()].filter(
      (row) =>
        (!input.SourceArn || row.SourceArn === input.SourceArn) &&
        (!input.DestinationArn || row.DestinationArn === input.DestinationArn) &&
        (!input.AssociationType || row.AssociationType === input.AssociationType),
    )
    const summaries = found.map((row) => {
      const [source, destination] = [findEntity(call, row.SourceArn), findEntity(call, row.DestinationArn)]
      return {
        ...row,
        CreationTime: new Date(row.CreationTime),
        SourceName: source?.name,
        SourceType: source?.type,
        DestinationName: destination?.name,
        DestinationType: destination?.type,
      }
    })
    return { AssociationSummaries: summaries }
  },
})
