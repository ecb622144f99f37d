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
  source = "../../event-forwarding"

  name         = "uais"
  queue_policy = local._example.policies["event-queue"]
  rules        = local._example.event_rules
}

module "splunk" {
  source = "../"

  connection_name     = local._example.splunk.connection_name
  endpoint            = local._example.splunk.endpoint
  input_paths         = local._example.splunk.input_paths
  name                = local._example.splunk.name
  requests_per_second = local._example.splunk.requests_per_second
  role_arn            = local._example.splunk.role_arn
  rules               = module.events.rule_names
  template            = local._example.splunk.template
}
