output "arn" {
  description = "ARN of the domain."
  value       = aws_sagemaker_domain.this.arn
}

output "default_execution_role_arn" {
  description = "ARN of the role that may do nothing."
  value       = module.default_role.arn
}

output "id" {
  description = "Id of the domain."
  value       = aws_sagemaker_domain.this.id
}
