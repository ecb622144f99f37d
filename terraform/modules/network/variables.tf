variable "cidr" {
  description = "Address range of the network, /16 to /24."
  type        = string
}

variable "egress_proxy" {
  description = "The owner's inspecting proxy, the only way out; null is no way out."
  type = object({
    cidr = string
    port = number
  })
  default = null
}

variable "interface_endpoint_policy" {
  description = "Compiled policy of the interface endpoints."
  type        = string
}

variable "interface_endpoints" {
  description = "AWS services reachable from inside, e.g. sagemaker.api."
  type        = list(string)
}

variable "name" {
  description = "Prefix of all names."
  type        = string
}

variable "private_link_services" {
  description = "Endpoint services to link to besides, by their full names; AWS's own or others'."
  type        = list(string)
  default     = []
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "s3_endpoint_policy" {
  description = "Compiled policy of the gateway endpoint to S3."
  type        = string
}
