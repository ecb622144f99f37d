/** A request that a way needs. Each is asked of everyone who can act so far, unless `same` ties it to the one before. */
export interface Need {
  readonly action: string
  /** Resource types of the action that one call touches, the first of which stands in the steps. Absent: any of them. */
  readonly types?: readonly string[]
}

/**
 * A service that runs what its caller says, as a role that the caller passes to it. The caller of the first request must
 * be allowed to pass the role; whoever makes the others need not be the same.
 */
export interface PassingWay {
  /** Service principal that the role's trust policy must name; value of iam:PassedToService. */
  readonly service: string
  readonly needs: readonly Need[]
  /** Title of the AWS documentation page that says so. */
  readonly source: string
}

/** Compute that already runs as a role obeys whoever makes these requests: nothing is passed any more. */
export interface ComputeWay {
  /** ARN format of the resource that holds the role. */
  readonly resource: RegExp
  readonly needs: readonly ComputeNeed[]
  readonly source: string
}

export interface ComputeNeed {
  readonly action: string
  /** ARN pattern of the request, `$1`, `$2`, … standing for the groups of `resource`; absent: the resource itself. */
  readonly on?: string
}

/** A provider of identities that a role trusts: whoever controls it signs in as the role. */
export interface ProviderWay {
  readonly provider: 'saml-provider' | 'oidc-provider'
  readonly needs: readonly string[]
  /** The provider must not exist yet: with it, creating it again fails. */
  readonly missing?: boolean
  readonly source: string
}
