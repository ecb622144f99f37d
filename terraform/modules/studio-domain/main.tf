# Profiles bring their own role, one per project. The domain's default may do nothing, so that a profile made by
# mistake opens nothing.
module "default_role" {
  source = "../execution-role"

  boundary_arn = var.boundary_arn
  description  = "Default of the Studio domain: no rights"
  name         = "${var.name}-studio-default"
  path         = "/uais/service/"
  policies     = {}
  trust_policy = var.trust_policy
}

resource "aws_sagemaker_domain" "this" {
  app_network_access_type = "VpcOnly"
  auth_mode               = "IAM"
  domain_name             = var.name
  kms_key_id              = var.key_arn
  subnet_ids              = var.subnet_ids
  vpc_id                  = var.vpc_id

  # Tags of the domain would be copied to what people make; theirs must not say that UAIS manages it.
  tag_propagation = "DISABLED"

  default_user_settings {
    execution_role      = module.default_role.arn
    security_groups     = var.security_group_ids
    studio_web_portal   = "ENABLED"
    default_landing_uri = "studio::"

    jupyter_lab_app_settings {
      app_lifecycle_management {
        idle_settings {
          idle_timeout_in_minutes     = var.idle_minutes
          lifecycle_management        = "ENABLED"
          max_idle_timeout_in_minutes = 480
          min_idle_timeout_in_minutes = 60
        }
      }
    }
  }

  domain_settings {
    execution_role_identity_config = "USER_PROFILE_NAME"
    security_group_ids             = var.security_group_ids

    docker_settings {
      enable_docker_access = "DISABLED"
    }
  }

  # Only where it differs from AWS's default, Retain: the provider cannot read it back, so that a domain that is
  # imported (after a lost run) would be replaced for it.
  dynamic "retention_policy" {
    for_each = var.destroy_home_directories ? ["Delete"] : []

    content {
      home_efs_file_system = retention_policy.value
    }
  }
}
