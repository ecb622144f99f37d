output "boundary_arn" {
  description = "Permissions boundary of every role of this account's projects."
  value       = var.boundary_arn
}

output "boundary_current" {
  description = "Whether the owner's bootstrap holds the boundary that was compiled for this run."
  value       = local.boundary_current
}

output "data_bucket" {
  description = "Bucket of all projects."
  value       = module.data_bucket.name
}

output "default_execution_role_arn" {
  description = "Role of the domain's defaults; it may do nothing."
  value       = module.domain.default_execution_role_arn
}

output "domain_arn" {
  description = "ARN of the SageMaker domain."
  value       = module.domain.arn
}

output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = module.domain.id
}

output "event_queue_url" {
  description = "Queue that the platform reads events from."
  value       = module.events.queue_url
}

output "key_arn" {
  description = "Key that encrypts everything here."
  value       = local.key_arn
}

output "security_group_ids" {
  description = "Security groups that jobs and apps must name."
  value       = local.network.security_group_ids
}

output "subnet_ids" {
  description = "Subnets that jobs and apps must name."
  value       = local.network.subnet_ids
}

output "trail_arn" {
  description = "Trail of every call, with data events."
  value       = module.trail.arn
}

output "trail_bucket" {
  description = "Locked bucket of the trail."
  value       = module.trail.bucket
}

output "vpc_id" {
  description = "Network of jobs and apps."
  value       = local.network.vpc_id
}
