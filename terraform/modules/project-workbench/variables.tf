variable "key_arn" {
  description = "Key that encrypts the log group."
  type        = string
}

variable "log_retention_days" {
  description = "How long lines are kept."
  type        = number
}

variable "project" {
  description = "Name of the project."
  type        = string
}
