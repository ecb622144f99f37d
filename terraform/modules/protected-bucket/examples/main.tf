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

module "bucket" {
  source = "../"

  force_destroy = true
  key_arn       = module.key.arn
  name          = local._example.data_bucket
  policy        = local._example.policies["data-bucket"]
}
