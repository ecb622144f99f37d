variable "cidr" {
  description = "Address range of the network, /16 to /24."
  type        = string
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

variable "region" {
  description = "AWS region."
  type        = string
}

variable "s3_endpoint_policy" {
  description = "Compiled policy of the gateway endpoint to S3."
  type        = string
}
