output "artifact_sha256" {
  description = "Digest of the artifact that is served."
  value       = var.artifact.sha256
}

output "endpoint_arn" {
  description = "ARN of the endpoint."
  value       = module.endpoint.arn
}

output "endpoint_config_name" {
  description = "Name of the configuration, which changes with its content."
  value       = module.endpoint.config_name
}

output "endpoint_name" {
  description = "Name of the endpoint."
  value       = module.endpoint.name
}

output "model_name" {
  description = "Name of the SageMaker model."
  value       = module.endpoint.model_name
}

output "url" {
  description = "Where to send requests, as SageMaker Runtime names it."
  value       = module.endpoint.url
}
