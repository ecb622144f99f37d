# The name says the kind: resource-guardrails-1 is asked at the account's resources, guardrails-1 of its principals.
locals {
  _types = {
    for name, _ in var.policies :
    name => startswith(name, "resource-") ? "RESOURCE_CONTROL_POLICY" : "SERVICE_CONTROL_POLICY"
  }
}

resource "aws_organizations_policy" "this" {
  for_each = var.policies

  content     = each.value
  description = var.description
  name        = "uais-${var.name}-${each.key}"
  type        = local._types[each.key]
}

resource "aws_organizations_policy_attachment" "this" {
  for_each = var.policies

  policy_id = aws_organizations_policy.this[each.key].id
  target_id = var.target_id
}
