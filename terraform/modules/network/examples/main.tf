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
  source = "../"

  cidr                      = "10.60.0.0/20"
  egress_proxy              = local._example.egress_proxy
  interface_endpoint_policy = local._example.policies["interface-endpoint"]
  interface_endpoints       = ["sagemaker.api", "sts"]
  name                      = "uais"
  private_link_services     = local._example.private_link_services
  region                    = local._example.region
  s3_endpoint_policy        = local._example.policies["s3-endpoint"]
}
