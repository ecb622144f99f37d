variable "boundary_arn" {
  description = "Permissions boundary of the role."
  type        = string
}

variable "description" {
  description = "What the role is for."
  type        = string
}

variable "name" {
  description = "Name of the role."
  type        = string
}

variable "path" {
  description = "Path of the role and its policies."
  type        = string
  default     = "/uais/projects/"
}

variable "policies" {
  description = "Compiled policies by name."
  type        = map(string)
}

variable "trust_policy" {
  description = "Compiled trust policy."
  type        = string
}
