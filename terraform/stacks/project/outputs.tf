output "inference_role_arn" {
  description = "Role of the project's models and endpoints."
  value       = module.inference_role.arn
}

output "log_group" {
  description = "Log group of the project."
  value       = module.workbench.log_group
}

output "model_package_group" {
  description = "Name of the group that the project's models are registered in."
  value       = module.workbench.model_package_group
}

output "model_package_group_arn" {
  description = "ARN of that group."
  value       = module.workbench.model_package_group_arn
}

output "prefix_uri" {
  description = "The project's place in the data bucket."
  value       = "s3://${var.data_bucket}/projects/${var.name}/"
}

output "secrets_path" {
  description = "Path of the project's secrets."
  value       = "uais/${var.name}/"
}

output "studio_role_arn" {
  description = "Role of the members' Studio sessions."
  value       = module.studio_role.arn
}

output "training_role_arn" {
  description = "Role of the project's training jobs."
  value       = module.training_role.arn
}
