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

variable "boundary_arn" {
  description = "Permissions boundary from the owner's bootstrap."
  type        = string
}

variable "budget_emails" {
  description = "Who hears that 80 % of the budget is spent."
  type        = list(string)
  default     = []
}

variable "config_rules" {
  description = "Compiled Config rules; none unless the owner asked for those and has a recorder."
  type = map(object({
    description = string
    identifier  = string
    parameters  = map(string)
  }))
  default = {}
}

variable "data_bucket" {
  description = "Name of the bucket of all projects of this account."
  type        = string
}

variable "destroy_data" {
  description = "Whether destroying may empty buckets and delete home directories."
  type        = bool
  default     = false
}

variable "domain_name" {
  description = "Name of the SageMaker domain."
  type        = string
  default     = "uais"
}

variable "egress_proxy" {
  description = "The owner's inspecting proxy inside of the created network, the only way out; null is no way out."
  type = object({
    cidr = string
    port = number
  })
  default = null
}

variable "event_rules" {
  description = "Compiled EventBridge rules: calls, buckets, states, watchers."
  type        = map(object({ description = string, pattern = string }))
}

variable "existing_key_arn" {
  description = "The owner's own key; null creates one that the owner administers."
  type        = string
  default     = null
}

variable "existing_network" {
  description = "The owner's own network; null creates one without a way to the internet."
  type = object({
    vpc_id             = string
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
}

variable "interface_endpoints" {
  description = "AWS services reachable from the created network, besides S3."
  type        = list(string)
  default = [
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "sagemaker.api",
    "sagemaker.runtime",
    "secretsmanager",
    "sts",
    "studio",
  ]
}

variable "monthly_budget_usd" {
  description = "Budget of the whole account, in US dollars a month."
  type        = number
}

variable "network_cidr" {
  description = "Address range of the created network."
  type        = string
  default     = "10.60.0.0/20"
}

variable "policies" {
  description = "Compiled documents: boundary, data-bucket, domain-trust, event-queue, interface-endpoint, key, s3-endpoint, trail-bucket."
  type        = map(string)
}

variable "private_link_services" {
  description = "Endpoint services that the created network is linked to besides, by their full names."
  type        = list(string)
  default     = []
}

variable "region" {
  description = "AWS region of everything in this stack."
  type        = string
}

variable "splunk" {
  description = "Compiled forwarding of events to the owner's Splunk; null sends to the platform's queue only."
  type = object({
    connection_name     = string
    endpoint            = string
    input_paths         = map(string)
    name                = string
    requests_per_second = number
    role_arn            = string
    template            = string
  })
  default = null
}

variable "tags" {
  description = "Tags of everything in this stack; ManagedBy=UAIS among them."
  type        = map(string)
}

variable "trail" {
  description = "Where the trail is written and how long its files are locked."
  type = object({
    bucket         = string
    lock_mode      = optional(string, "GOVERNANCE")
    retention_days = optional(number, 365)
  })
}

variable "upload_origins" {
  description = "Web origins whose pages may post files into the data bucket; none by default."
  type        = list(string)
  default     = []
}
