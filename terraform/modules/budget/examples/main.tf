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

module "budget" {
  source = "../"

  emails    = ["owner@example.com"]
  limit_usd = local._example.monthly_budget_usd
  name      = "uais-example"

  tag = {
    key   = "uais:project"
    value = local._example.name
  }
}
