output "destination_arn" {
  description = "ARN of the destination."
  value       = aws_cloudwatch_event_api_destination.splunk.arn
}
