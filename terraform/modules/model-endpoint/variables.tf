variable "artifact" {
  description = "The approved artifact and its SHA-256 digest."
  type = object({
    sha256 = string
    uri    = string
  })
}

variable "artifact_lock_policy" {
  description = "Compiled policy that keeps roles off the artifact."
  type        = string
}

variable "container_environment" {
  description = "Environment of the container."
  type        = map(string)
  default     = {}
}

variable "data_capture" {
  description = "Where requests and answers are kept, and what share of them; null keeps none."
  type = object({
    percent = number
    uri     = string
  })
  default = null
}

variable "environment" {
  description = "test or production; a tag."
  type        = string
}

variable "image_uri" {
  description = "Container image."
  type        = string
}

variable "instance_count" {
  description = "Number of instances."
  type        = number
}

variable "instance_type" {
  description = "SageMaker instance type."
  type        = string
}

variable "key_arn" {
  description = "Key of the instances' disks and of captured data."
  type        = string
}

variable "locked_role_names" {
  description = "Roles that must not touch the artifact while it is served."
  type        = list(string)
}

variable "log_retention_days" {
  description = "How long lines are kept."
  type        = number
}

variable "model_package_arn" {
  description = "The approved model version."
  type        = string
}

variable "name" {
  description = "Name of the endpoint, at most 54 characters."
  type        = string

  validation {
    condition     = length(var.name) <= 54
    error_message = "With the digest of its content the name must fit SageMaker's 63 characters: use 54 at most."
  }
}

variable "region" {
  description = "AWS region, for the URL."
  type        = string
}

variable "role_arn" {
  description = "The project's inference role."
  type        = string
}

variable "security_group_ids" {
  description = "Security groups of the model."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Subnets of the model."
  type        = list(string)
}
