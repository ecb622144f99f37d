provider "aws" {
  region = local._example.region

  default_tags {
    tags = local._example.tags
  }
}

# Documents and names of a whole example, as the compiler writes them.
locals {
  _example = jsondecode(file("${path.module}/../../../stacks/account/examples/claims.tfvars.json"))
}

module "key" {
  source = "../"

  deletion_window_days = 7
  description          = "Everything of United AI Studio in this account"
  name                 = "uais"
  policy               = local._example.policies["key"]
}
