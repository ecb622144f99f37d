variable "description" {
  description = "What the policies are for."
  type        = string
}

variable "name" {
  description = "Name of the data owner's account in UAIS."
  type        = string
}

variable "policies" {
  description = "Compiled policies by name: guardrails-1, ... (service control), resource-guardrails-1, ... (resource control)."
  type        = map(string)
}

variable "target_id" {
  description = "Account, organizational unit or root."
  type        = string
}
