resource "aws_iam_role" "this" {
  assume_role_policy   = var.trust_policy
  description          = var.description
  name                 = var.name
  path                 = var.path
  permissions_boundary = var.boundary_arn
}

# Managed policies, because the inline ones are kept free for the grants of data sources.
resource "aws_iam_policy" "this" {
  for_each = var.policies

  name   = each.key
  path   = var.path
  policy = each.value
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policies

  policy_arn = aws_iam_policy.this[each.key].arn
  role       = aws_iam_role.this.name
}
