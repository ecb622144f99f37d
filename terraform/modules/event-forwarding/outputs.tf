output "queue_arn" {
  description = "ARN of the queue."
  value       = aws_sqs_queue.events.arn
}

output "queue_url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.events.url
}
