resource "aws_iam_role_policy" "artifact_lock" {
  for_each = toset(var.locked_role_names)

  name   = "uais-serving-${var.name}"
  policy = var.artifact_lock_policy
  role   = each.key
}
