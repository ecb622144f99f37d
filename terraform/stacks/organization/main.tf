# Its policy is attached by AWS Budgets, when the month is spent; all others by this stack.
locals {
  _stop = "budget-stop"
}

module "guardrails" {
  source = "../../modules/organization-guardrails"

  description = "Guardrails of United AI Studio for the account ${var.name} (${var.target_id})"
  name        = var.name
  policies    = { for name, policy in var.policies : name => policy if name != local._stop }
  target_id   = var.target_id
}

module "budget_stop" {
  source = "../../modules/budget-stop"
  count  = var.budget_stop == null ? 0 : 1

  account_id = var.budget_stop.account_id
  emails     = var.budget_stop.emails
  limit_usd  = var.budget_stop.limit_usd
  name       = var.name
  policy     = var.policies[local._stop]
  role_arn   = var.budget_stop.role_arn
}
