variable "connection_name" {
  description = "The owner's connection, which carries the token."
  type        = string
}

variable "endpoint" {
  description = "Address of the HTTP event collector, with its path."
  type        = string
}

variable "input_paths" {
  description = "What the template names, by JSON path in an event."
  type        = map(string)
}

variable "name" {
  description = "Name of the destination."
  type        = string
}

variable "requests_per_second" {
  description = "As many requests as the collector takes."
  type        = number
}

variable "role_arn" {
  description = "The owner's role by which EventBridge sends."
  type        = string
}

variable "rules" {
  description = "Names of the rules whose events are sent, by key."
  type        = map(string)
}

variable "template" {
  description = "Compiled envelope around an event."
  type        = string
}
