/** Service control policies per root, unit or account, FullAWSAccess among them (Organizations User Guide, "Quotas"). */
export const scpsPerTarget = 10
