variable "assume_role" {
  type = object({
    role_arn        = string
    external_id     = string
    policy          = string
    session_name    = string
    source_identity = string
  })
  default = null
}

variable "aws_account_id" {
  type = string
}

variable "boundary_arn" {
  type = string
}

variable "bucket" {
  type = string
}

variable "policies" {
  type = map(string)
}

variable "region" {
  type = string
}

variable "roles" {
  type = list(string)
}

variable "tags" {
  type = map(string)
}
