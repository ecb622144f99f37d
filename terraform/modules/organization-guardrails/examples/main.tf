provider "aws" {
  region = local._example.region

  default_tags {
    tags = local._example.tags
  }
}

# Documents and names of a whole example, as the compiler writes them.
locals {
  _example = jsondecode(file("${path.module}/../../../stacks/organization/examples/claims.tfvars.json"))
}

module "guardrails" {
  source = "../"

  description = "Guardrails of an example"
  name        = local._example.name
  policies    = local._example.policies
  target_id   = local._example.target_id
}
