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

module "network" {
  source = "../../network"

  cidr                      = "10.60.0.0/20"
  interface_endpoint_policy = local._example.policies["interface-endpoint"]
  interface_endpoints       = ["sagemaker.api"]
  name                      = "uais"
  region                    = local._example.region
  s3_endpoint_policy        = local._example.policies["s3-endpoint"]
}

module "key" {
  source = "../../customer-key"

  deletion_window_days = 7
  description          = "An example"
  name                 = "uais-example"
  policy               = local._example.policies["key"]
}

module "domain" {
  source = "../"

  boundary_arn             = local._example.boundary_arn
  destroy_home_directories = true
  key_arn                  = module.key.arn
  name                     = "uais"
  security_group_ids       = module.network.security_group_ids
  subnet_ids               = module.network.subnet_ids
  trust_policy             = local._example.policies["domain-trust"]
  vpc_id                   = module.network.vpc_id
}
