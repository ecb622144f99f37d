provider "aws" {
  region = local._example.region

  default_tags {
    tags = local._example.tags
  }
}

# Documents and names of a whole example, as the compiler writes them.
locals {
  _example = jsondecode(file("${path.module}/../../../stacks/project/examples/fraud.tfvars.json"))
}

module "role" {
  source = "../"

  boundary_arn = local._example.boundary_arn
  description  = "Training jobs of an example"
  name         = "uais-example-training"
  policies     = { "uais-example-training" = local._example.policies["training"] }
  trust_policy = local._example.policies["training-trust"]
}
