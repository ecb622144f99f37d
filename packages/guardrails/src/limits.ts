/**
 * Policies of a kind per root, unit or account, AWS's own FullAWSAccess and RCPFullAWSAccess among them (AWS
 * Organizations User Guide, "Quotas for AWS Organizations").
 */
export const policiesPerTarget = { scp: 10, rcp: 5 } as const
