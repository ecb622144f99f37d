resource "aws_sagemaker_model_package_group" "this" {
  model_package_group_description = "Models of the project ${var.project}"
  model_package_group_name        = "uais-${var.project}"
}

resource "aws_cloudwatch_log_group" "this" {
  kms_key_id        = var.key_arn
  name              = "/uais/projects/${var.project}"
  retention_in_days = var.log_retention_days
}
