provider "aws" {
  region = local._example.region

  default_tags {
    tags = local._example.tags
  }
}

# Documents and names of a whole example, as the compiler writes them.
locals {
  _example = jsondecode(file("${path.module}/../../../stacks/data-source/examples/claims-history.tfvars.json"))
}

module "role" {
  source = "../../execution-role"

  boundary_arn = local._project.boundary_arn
  description  = "Training jobs of the project fraud"
  name         = "uais-fraud-training"
  policies     = {}
  trust_policy = local._project.policies["training-trust"]
}

locals {
  _project = jsondecode(file("${path.module}/../../../stacks/project/examples/fraud.tfvars.json"))
}

module "grant" {
  source = "../"

  name       = local._example.name
  policy     = local._example.policies["read"]
  role_names = [module.role.name]
}
