# A small stack for tests of the run engine: roles, and a bucket after them.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  allowed_account_ids = [var.aws_account_id]
  region              = var.region

  dynamic "assume_role" {
    for_each = var.assume_role[*]

    content {
      external_id     = assume_role.value.external_id
      policy          = assume_role.value.policy
      role_arn        = assume_role.value.role_arn
      session_name    = assume_role.value.session_name
      source_identity = assume_role.value.source_identity
    }
  }

  default_tags {
    tags = var.tags
  }
}

resource "aws_iam_role" "this" {
  for_each = toset(var.roles)

  assume_role_policy   = var.policies.trust
  name                 = each.value
  path                 = "/uais/projects/"
  permissions_boundary = var.boundary_arn
}

resource "aws_s3_bucket" "this" {
  bucket = var.bucket

  depends_on = [aws_iam_role.this]
}
