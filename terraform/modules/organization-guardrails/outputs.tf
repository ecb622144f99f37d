output "policy_ids" {
  description = "Ids by name."
  value       = { for name, policy in aws_organizations_policy.this : name => policy.id }
}
