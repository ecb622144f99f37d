module "guardrails" {
  source = "../../modules/organization-guardrails"

  description = "Guardrails of United AI Studio for the account ${var.name} (${var.target_id})"
  name        = var.name
  policies    = var.policies
  target_id   = var.target_id
}
