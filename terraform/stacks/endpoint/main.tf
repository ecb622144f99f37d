# Two hyphens part project and deployment, which cannot hold two in a row themselves. SageMaker takes 63 characters,
# and models and configurations add nine for their content: longer names are cut and told apart by a digest.
locals {
  _full_name    = "uais-${var.project}--${var.name}"
  _short_name   = "${trimsuffix(substr(local._full_name, 0, 47), "-")}-${substr(sha256(var.name), 0, 6)}"
  endpoint_name = length(local._full_name) <= 54 ? local._full_name : local._short_name
}

module "endpoint" {
  source = "../../modules/model-endpoint"

  artifact              = var.artifact
  artifact_lock_policy  = var.policies["artifact-lock"]
  container_environment = var.container_environment
  environment           = var.environment
  image_uri             = var.image_uri
  instance_count        = var.instance_count
  instance_type         = var.instance_type
  key_arn               = var.key_arn
  locked_role_names     = var.locked_role_names
  log_retention_days    = var.log_retention_days
  model_package_arn     = var.model_package_arn
  name                  = local.endpoint_name
  region                = var.region
  role_arn              = var.inference_role_arn
  security_group_ids    = var.security_group_ids
  subnet_ids            = var.subnet_ids

  data_capture = var.data_capture_percent == 0 ? null : {
    percent = var.data_capture_percent
    uri     = "s3://${var.data_bucket}/projects/${var.project}/capture/${var.name}/"
  }
}
