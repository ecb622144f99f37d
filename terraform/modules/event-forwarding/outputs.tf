output "queue_arn" {
  description = "ARN of the queue."
  value       = aws_sqs_queue.events.arn
}

output "queue_url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.events.url
}

output "rule_names" {
  description = "Names of the rules, by their keys."
  value       = { for key, rule in aws_cloudwatch_event_rule.this : key => rule.name }
}
