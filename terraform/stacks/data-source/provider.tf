# Endpoints come from the environment only, and the state from the platform: this directory knows neither.
provider "aws" {
  allowed_account_ids = [var.aws_account_id]
  max_retries         = 3
  region              = var.region

  dynamic "assume_role" {
    for_each = var.assume_role == null ? [] : [var.assume_role]

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
