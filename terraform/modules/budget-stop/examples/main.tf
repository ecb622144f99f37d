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

module "stop" {
  source = "../"

  account_id = local._example.budget_stop.account_id
  emails     = local._example.budget_stop.emails
  limit_usd  = local._example.budget_stop.limit_usd
  name       = local._example.name
  policy     = local._example.policies["budget-stop"]
  role_arn   = local._example.budget_stop.role_arn
}
