data "aws_partition" "current" {}

# Names that change with their content: AWS cannot change a model or a configuration, and an endpoint that is said to
# be updated must be seen to point elsewhere.
locals {
  _model_content = jsonencode([var.artifact, var.container_environment, var.image_uri, var.role_arn, var.subnet_ids, var.security_group_ids])
  _config_content = jsonencode([
    local._model_name, var.instance_type, var.instance_count, var.key_arn, var.data_capture
  ])
  _model_name  = "${var.name}-${substr(sha256(local._model_content), 0, 8)}"
  _config_name = "${var.name}-${substr(sha256(local._config_content), 0, 8)}"

  _tags = {
    "uais:artifact-sha256" = var.artifact.sha256
    "uais:environment"     = var.environment
    "uais:model-package"   = var.model_package_arn
  }
}

resource "aws_sagemaker_model" "this" {
  enable_network_isolation = true
  execution_role_arn       = var.role_arn
  name                     = local._model_name
  tags                     = local._tags

  primary_container {
    environment    = var.container_environment
    image          = var.image_uri
    model_data_url = var.artifact.uri
  }

  vpc_config {
    security_group_ids = var.security_group_ids
    subnets            = var.subnet_ids
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint_configuration" "this" {
  kms_key_arn = var.key_arn
  name        = local._config_name
  tags        = local._tags

  production_variants {
    initial_instance_count = var.instance_count
    initial_variant_weight = 1
    instance_type          = var.instance_type
    model_name             = aws_sagemaker_model.this.name
    variant_name           = "live"
  }

  dynamic "data_capture_config" {
    for_each = var.data_capture == null ? [] : [var.data_capture]

    content {
      destination_s3_uri          = data_capture_config.value.uri
      enable_capture              = true
      initial_sampling_percentage = data_capture_config.value.percent
      kms_key_id                  = var.key_arn

      capture_options {
        capture_mode = "Input"
      }

      capture_options {
        capture_mode = "Output"
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "this" {
  endpoint_config_name = aws_sagemaker_endpoint_configuration.this.name
  name                 = var.name
  tags                 = local._tags

  depends_on = [aws_cloudwatch_log_group.this]
}
