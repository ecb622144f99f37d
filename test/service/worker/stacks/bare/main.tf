# A stack without a provider: it starts in a tenth of a second, and its state and lock lie in S3 as any stack's do.
terraform {
  required_version = ">= 1.10"
}

variable "assume_role" {
  type = any
}

variable "names" {
  type = list(string)
}

variable "policies" {
  type = map(string)
}

variable "seconds" {
  type    = number
  default = 0
}

resource "terraform_data" "this" {
  for_each = toset(var.names)

  input = each.value

  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

output "names" {
  value = [for one in terraform_data.this : one.output]
}
