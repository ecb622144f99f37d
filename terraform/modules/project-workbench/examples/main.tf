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
  source = "../../customer-key"

  deletion_window_days = 7
  description          = "An example"
  name                 = "uais-example"
  policy               = local._example.policies["key"]
}

module "workbench" {
  source = "../"

  key_arn            = module.key.arn
  log_retention_days = 30
  project            = "example"
}
