variable "boundary_arn" {
  description = "Permissions boundary of the default role."
  type        = string
}

variable "destroy_home_directories" {
  description = "Whether destroying the domain deletes the home directories too."
  type        = bool
  default     = false
}

variable "idle_minutes" {
  description = "Apps stop after so many idle minutes; AWS takes 60 and more."
  type        = number
  default     = 120
}

variable "key_arn" {
  description = "Key of disks and home directories."
  type        = string
}

variable "name" {
  description = "Name of the domain."
  type        = string
}

variable "security_group_ids" {
  description = "Security groups of apps."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Private subnets of apps."
  type        = list(string)
}

variable "trust_policy" {
  description = "Compiled trust policy of the default role."
  type        = string
}

variable "vpc_id" {
  description = "Network of apps."
  type        = string
}
