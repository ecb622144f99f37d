import type { Detection } from './detection.ts'

const detection = (source: Detection['source'], name: string, finds: string, ...backs: string[]): Detection => ({
  source,
  name,
  finds,
  backs,
})

/**
 * Names as the APIs take them: GuardDuty UpdateDetector (features), Macie UpdateAutomatedDiscoveryConfiguration and
 * CreateClassificationJob, Detective CreateGraph, Access Analyzer CreateAnalyzer (type). Each is the owner's to switch on:
 * each costs by use, and LOG-1 keeps it on.
 */
export const detectors: readonly Detection[] = [
  detection(
    'Amazon GuardDuty',
    'S3_DATA_EVENTS',
    'unusual reading, listing or deleting of objects',
    'DAT-2',
    'DAT-4',
    'DAT-5',
    'ISO-2',
  ),
  detection('Amazon GuardDuty', 'AI_PROTECTION', 'unusual use of endpoints and of SageMaker', 'NET-8', 'DEP-2'),
  detection('Amazon GuardDuty', 'RUNTIME_MONITORING', 'programs that behave unlike the rest', 'NET-3'),
  detection(
    'Amazon Macie',
    'AUTOMATED_SENSITIVE_DATA_DISCOVERY',
    'personal and secret data where it should not be',
    'DAT-4',
    'DAT-6',
  ),
  detection(
    'Amazon Detective',
    'GRAPH',
    'how a finding hangs together with what else a caller did',
    'IMM-2',
    'IMM-7',
    'ISO-1',
  ),
  detection(
    'IAM Access Analyzer',
    'ORGANIZATION',
    'buckets, keys, queues, secrets and roles that outsiders reach',
    'DAT-3',
    'DAT-5',
    'DAT-8',
    'IDN-6',
  ),
  detection(
    'IAM Access Analyzer',
    'ACCOUNT',
    'the same for an account without an organization',
    'DAT-3',
    'DAT-5',
    'IDN-6',
  ),
  detection('IAM Access Analyzer', 'ACCOUNT_UNUSED_ACCESS', 'rights of roles that nobody uses', 'IDN-2'),
]
