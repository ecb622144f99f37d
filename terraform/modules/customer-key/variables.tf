variable "deletion_window_days" {
  description = "Days in which the owner can take a deletion back."
  type        = number
  default     = 30
}

variable "description" {
  description = "What the key is for."
  type        = string
}

variable "name" {
  description = "Name of the alias, without alias/."
  type        = string
}

variable "policy" {
  description = "Compiled key policy."
  type        = string
}
