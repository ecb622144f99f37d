resource "aws_sqs_queue" "events" {
  message_retention_seconds  = 1209600
  name                       = "${var.name}-events"
  policy                     = var.queue_policy
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 60
}

resource "aws_cloudwatch_event_target" "queue" {
  for_each = aws_cloudwatch_event_rule.this

  arn       = aws_sqs_queue.events.arn
  rule      = each.value.name
  target_id = "queue"
}
