resource "aws_organizations_policy" "this" {
  for_each = var.policies

  content     = each.value
  description = var.description
  name        = "uais-${var.name}-${each.key}"
  type        = "SERVICE_CONTROL_POLICY"
}

resource "aws_organizations_policy_attachment" "this" {
  for_each = var.policies

  policy_id = aws_organizations_policy.this[each.key].id
  target_id = var.target_id
}
