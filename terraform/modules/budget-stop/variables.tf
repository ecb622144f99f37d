variable "account_id" {
  description = "Account whose cost counts, and which is stopped."
  type        = string
}

variable "emails" {
  description = "Who hears that the account was stopped; one at least, ten at most."
  type        = list(string)
}

variable "limit_usd" {
  description = "US dollars a month."
  type        = number
}

variable "name" {
  description = "Name of the data owner's account in UAIS."
  type        = string
}

variable "policy" {
  description = "Compiled service control policy that refuses new work."
  type        = string
}

variable "role_arn" {
  description = "Role from the organization's bootstrap that AWS Budgets takes."
  type        = string
}
