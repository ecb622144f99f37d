variable "artifact" {
  description = "The approved model artifact, and the SHA-256 digest that the review was bound to."
  type = object({
    sha256 = string
    uri    = string
  })
}

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

variable "container_environment" {
  description = "Environment of the container."
  type        = map(string)
  default     = {}
}

variable "data_bucket" {
  description = "Bucket of the account, for data capture."
  type        = string
}

variable "data_capture_percent" {
  description = "Share of requests and answers kept in the project's prefix; 0 keeps none."
  type        = number
  default     = 0
}

variable "environment" {
  description = "test or production."
  type        = string
}

variable "image_uri" {
  description = "Container image of the approved model version."
  type        = string
}

variable "inference_role_arn" {
  description = "The project's inference role."
  type        = string
}

variable "instance_count" {
  description = "Number of instances."
  type        = number
  default     = 1
}

variable "instance_type" {
  description = "SageMaker instance type, e.g. ml.m5.large."
  type        = string
}

variable "key_arn" {
  description = "Key of the account."
  type        = string
}

variable "locked_role_names" {
  description = "Roles that must not touch the artifact while it is served: the project's studio and training roles."
  type        = list(string)
}

variable "log_retention_days" {
  description = "How long the endpoint's log group keeps its lines."
  type        = number
  default     = 365
}

variable "model_package_arn" {
  description = "The approved model version, kept as a tag."
  type        = string
}

variable "name" {
  description = "Name of the deployment; the endpoint is called uais-<project>--<name>."
  type        = string
}

variable "policies" {
  description = "Compiled documents: artifact-lock."
  type        = map(string)
}

variable "project" {
  description = "Name of the project."
  type        = string
}

variable "region" {
  description = "AWS region of everything in this stack."
  type        = string
}

variable "security_group_ids" {
  description = "Security groups of the model's network interfaces."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Subnets of the model's network interfaces."
  type        = list(string)
}

variable "tags" {
  description = "Tags of everything in this stack; ManagedBy=UAIS among them."
  type        = map(string)
}
