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

module "events" {
  source = "../"

  name         = "uais"
  queue_policy = local._example.policies["event-queue"]
  rules        = local._example.event_rules
}
