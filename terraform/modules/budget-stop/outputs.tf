output "action_id" {
  description = "Id of the budget's action."
  value       = aws_budgets_budget_action.stop.action_id
}

output "policy_id" {
  description = "Id of the policy that is attached when the budget is spent."
  value       = aws_organizations_policy.stop.id
}
