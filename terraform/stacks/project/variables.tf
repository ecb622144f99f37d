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

variable "boundary_arn" {
  description = "Permissions boundary of the roles."
  type        = string
}

variable "data_bucket" {
  description = "Bucket of the account; the project owns projects/<name>/ in it."
  type        = string
}

variable "key_arn" {
  description = "Key of the account."
  type        = string
}

variable "log_retention_days" {
  description = "How long the project's own log group keeps its lines."
  type        = number
  default     = 365
}

variable "monthly_budget_usd" {
  description = "Budget of the project, in US dollars a month; null for none."
  type        = number
  default     = null
}

variable "name" {
  description = "Name of the project."
  type        = string
}

variable "policies" {
  description = "Compiled documents: inference, inference-trust, studio, studio-guards, studio-trust, training, training-trust."
  type        = map(string)
}

variable "region" {
  description = "AWS region of everything in this stack."
  type        = string
}

variable "tags" {
  description = "Tags of everything in this stack; ManagedBy=UAIS among them."
  type        = map(string)
}
