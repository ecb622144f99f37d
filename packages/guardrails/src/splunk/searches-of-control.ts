import { type CorrelationSearch, columns } from './search.ts'

const often = { everyMinutes: 5 }

/** Who takes power over what is guarded: roles, tags, watchers, keys, the organization. */
export const searchesOfControl: readonly CorrelationSearch[] = [
  {
    name: 'uais_denied_by_guardrail',
    title: 'Somebody keeps trying what a guardrail denies',
    search:
      '`uais_others` errorMessage="*with an explicit deny in a * control policy*" ' +
      '| stats count min(_time) as first max(_time) as last values(eventName) as calls by userIdentity.arn sourceIPAddress ' +
      '| where count > 4',
    everyMinutes: 15,
    severity: 'medium',
    backs: ['IMM-1', 'IMM-3', 'IMM-4', 'NET-1', 'NET-4', 'DAT-3', 'DAT-8', 'DEP-2', 'IDN-4', 'IDN-5'],
  },
  {
    name: 'uais_managed_changed',
    title: 'Something that UAIS built was changed by somebody else',
    search:
      '`uais_others` NOT errorCode=* eventName IN (Add*, Create*, Delete*, Put*, Start*, Stop*, Tag*, Untag*, Update*) ' +
      `requestParameters="*uais*" ${columns}`,
    ...often,
    severity: 'high',
    backs: ['IMM-1', 'IMM-3', 'COST-3'],
  },
  {
    name: 'uais_role_takeover',
    title: 'A role, policy or way to sign in is taken over',
    search:
      '`uais_others` eventSource=iam.amazonaws.com eventName IN (Attach*, Create*, Delete*, Detach*, Put*, Set*, Update*) ' +
      '("*/uais/*" OR "*uais-boundary*" OR eventName IN (*SAMLProvider*, *OpenIDConnectProvider*, CreateUser, CreateAccessKey, ' +
      `CreateLoginProfile)) ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['IDN-1', 'IDN-3', 'IDN-6', 'IMM-2', 'IMM-7'],
  },
  {
    name: 'uais_compute_takeover',
    title: 'Work that runs already is given a new script, shell or link',
    search:
      '`uais_others` (eventSource=sagemaker.amazonaws.com eventName IN (CreatePresigned*, StartSession, *LifecycleConfig*, ' +
      'UpdateNotebookInstance)) OR (eventSource=ssm.amazonaws.com eventName IN (SendCommand, StartSession)) OR ' +
      '(eventSource=lambda.amazonaws.com eventName=UpdateFunctionCode*) OR (eventSource=glue.amazonaws.com eventName=UpdateJob) ' +
      columns,
    ...often,
    severity: 'critical',
    backs: ['IMM-6', 'ISO-1'],
  },
  {
    name: 'uais_watchers_stopped',
    title: 'A trail, rule, recorder or detector is stopped',
    search:
      '`uais_others` eventName IN (BatchDisableStandards, CreateArchiveRule, DeleteAnalyzer, DeleteConfigurationRecorder, ' +
      'DeleteDetector, DeleteGraph, DeleteRule, DeleteTrail, DisableMacie, DisableRule, DisableSecurityHub, ' +
      'DisassociateFromAdministratorAccount, PutEventSelectors, RemoveTargets, StopConfigurationRecorder, StopLogging, ' +
      `StopMonitoringMembers, UpdateDetector, UpdateMacieSession, UpdateTrail) ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['LOG-1'],
  },
  {
    name: 'uais_key_touched',
    title: 'The key is switched, lent, opened or scheduled for deletion',
    search:
      '`uais_cloudtrail` eventSource=kms.amazonaws.com eventName IN (CancelKeyDeletion, CreateGrant, DisableKey, EnableKey, ' +
      'PutKeyPolicy, RevokeGrant, ScheduleKeyDeletion) NOT (eventName=CreateGrant userIdentity.invokedBy=*.amazonaws.com) ' +
      columns,
    ...often,
    severity: 'critical',
    backs: ['IMM-5', 'DAT-1'],
  },
  {
    name: 'uais_organization_left',
    title: 'The account leaves the organization, or is closed',
    search: `\`uais_cloudtrail\` eventName IN (CloseAccount, LeaveOrganization) ${columns}`,
    ...often,
    severity: 'critical',
    backs: ['ORG-1'],
  },
]
