output "policy_ids" {
  description = "Ids of the control policies by name."
  value       = module.guardrails.policy_ids
}

output "target_id" {
  description = "What they are attached to."
  value       = var.target_id
}
