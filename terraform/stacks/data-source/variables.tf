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

variable "bucket" {
  description = "Bucket that holds the data."
  type        = string
}

variable "key_arn" {
  description = "Key of the account."
  type        = string
}

variable "kind" {
  description = "s3: data that stays where it is; upload: data that people bring."
  type        = string

  validation {
    condition     = contains(["s3", "upload"], var.kind)
    error_message = "The kind of a data source is s3 or upload."
  }
}

variable "name" {
  description = "Name of the data source."
  type        = string
}

variable "policies" {
  description = "Compiled documents: read."
  type        = map(string)
}

variable "prefix" {
  description = "Key prefix that may be read, with its final slash."
  type        = string
}

variable "project" {
  description = "Name of the project."
  type        = string
}

variable "region" {
  description = "AWS region of everything in this stack."
  type        = string
}

variable "role_names" {
  description = "Roles that may read: the project's studio and training roles."
  type        = list(string)
}

variable "tags" {
  description = "Tags of everything in this stack; ManagedBy=UAIS among them."
  type        = map(string)
}
