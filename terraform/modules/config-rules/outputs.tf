output "rule_arns" {
  description = "ARNs by name."
  value       = { for name, rule in aws_config_config_rule.this : name => rule.arn }
}
