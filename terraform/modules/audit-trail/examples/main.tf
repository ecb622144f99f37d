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

module "trail" {
  source = "../"

  bucket           = local._example.trail.bucket
  bucket_policy    = local._example.policies["trail-bucket"]
  data_bucket_arns = ["arn:aws:s3:::${local._example.data_bucket}"]
  force_destroy    = true
  name             = "uais"

  object_lock = {
    days = 1
    mode = "GOVERNANCE"
  }
}
