variable "assume_role" {
  description = "Role to enter the account by; null uses the credentials of the environment."
  type = object({
    role_arn        = string
    external_id     = string
    policy          = optional(string)
    session_name    = string
    source_identity = string
  })
  default = null
}

variable "aws_account_id" {
  description = "The only account this stack may touch; the provider stops anywhere else."
  type        = string
}

variable "budget_stop" {
  description = "Stops the account when its month is spent, by the policy budget-stop; null only warns, in the account."
  type = object({
    account_id = string
    emails     = list(string)
    limit_usd  = number
    role_arn   = string
  })
  default = null
}

variable "name" {
  description = "Name of the data owner's account in UAIS."
  type        = string
}

variable "policies" {
  description = "Compiled policies: guardrails-1, ... (service control), resource-guardrails-1, ... (resource control), budget-stop."
  type        = map(string)
}

variable "region" {
  description = "AWS region of the API calls; Organizations itself is global."
  type        = string
}

variable "tags" {
  description = "Tags of everything in this stack; ManagedBy=UAIS among them."
  type        = map(string)
}

variable "target_id" {
  description = "Account, organizational unit or root that the policies are attached to."
  type        = string
}
