output "arn" {
  description = "ARN of the role, once its policies are attached."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy_attachment.this]
}

output "name" {
  description = "Name of the role."
  value       = aws_iam_role.this.name
}
