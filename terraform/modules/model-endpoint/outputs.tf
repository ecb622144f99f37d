output "arn" {
  description = "ARN of the endpoint."
  value       = aws_sagemaker_endpoint.this.arn
}

output "config_name" {
  description = "Name of the configuration that the endpoint was given."
  value       = aws_sagemaker_endpoint_configuration.this.name
}

output "model_name" {
  description = "Name of the model."
  value       = aws_sagemaker_model.this.name
}

output "name" {
  description = "Name of the endpoint."
  value       = aws_sagemaker_endpoint.this.name
}

output "url" {
  description = "Where SageMaker Runtime takes requests."
  value       = "https://runtime.sagemaker.${var.region}.${data.aws_partition.current.dns_suffix}/endpoints/${aws_sagemaker_endpoint.this.name}/invocations"
}
