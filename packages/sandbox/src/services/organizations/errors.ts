import { AwsError } from '../../kernel/aws-error.ts'

/** Errors of AWS Organizations (AWS Organizations API Reference); the API answers all of them with status 400. */
export const accountNotFound = () =>
  new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.")
export const unitNotFound = () =>
  new AwsError('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.")
export const rootNotFound = () => new AwsError('RootNotFoundException', "You specified a root that doesn't exist.")
export const parentNotFound = () => new AwsError('ParentNotFoundException', "You specified parent that doesn't exist.")
export const childNotFound = () => new AwsError('ChildNotFoundException', "You specified a child that doesn't exist.")
export const targetNotFound = () =>
  new AwsError('TargetNotFoundException', "You specified a target that doesn't exist.")
export const policyNotFound = () =>
  new AwsError('PolicyNotFoundException', "You specified a policy that doesn't exist.")
export const notInUse = () =>
  new AwsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.')
export const invalidInput = (message: string, reason: string) =>
  new AwsError('InvalidInputException', message, 400, { Reason: reason })
export const malformedPolicy = (message: string) => new AwsError('MalformedPolicyDocumentException', message)
export const constraint = (message: string, reason: string) =>
  new AwsError('ConstraintViolationException', message, 400, { Reason: reason })
