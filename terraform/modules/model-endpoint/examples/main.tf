provider "aws" {
  region = local._example.region

  default_tags {
    tags = local._example.tags
  }
}

# Documents and names of a whole example, as the compiler writes them.
locals {
  _example = jsondecode(file("${path.module}/../../../stacks/endpoint/examples/live.tfvars.json"))
}

# Runs where the stacks account and project are applied, and where the artifact is.
module "endpoint" {
  source = "../"

  artifact             = local._example.artifact
  artifact_lock_policy = local._example.policies["artifact-lock"]
  environment          = local._example.environment
  image_uri            = local._example.image_uri
  instance_count       = 1
  instance_type        = local._example.instance_type
  key_arn              = local._example.key_arn
  locked_role_names    = local._example.locked_role_names
  log_retention_days   = 30
  model_package_arn    = local._example.model_package_arn
  name                 = "uais-fraud--example"
  region               = local._example.region
  role_arn             = local._example.inference_role_arn
  security_group_ids   = local._example.security_group_ids
  subnet_ids           = local._example.subnet_ids
}
