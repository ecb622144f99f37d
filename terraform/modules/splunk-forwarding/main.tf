# The owner's own, from the bootstrap: it carries the token, which neither this stack nor its state ever sees.
data "aws_cloudwatch_event_connection" "owner" {
  name = var.connection_name
}

resource "aws_cloudwatch_event_api_destination" "splunk" {
  connection_arn                   = data.aws_cloudwatch_event_connection.owner.arn
  description                      = "Splunk's HTTP event collector"
  http_method                      = "POST"
  invocation_endpoint              = var.endpoint
  invocation_rate_limit_per_second = var.requests_per_second
  name                             = var.name
}

resource "aws_cloudwatch_event_target" "splunk" {
  for_each = var.rules

  arn       = aws_cloudwatch_event_api_destination.splunk.arn
  role_arn  = var.role_arn
  rule      = each.value
  target_id = "splunk"

  input_transformer {
    input_paths    = var.input_paths
    input_template = var.template
  }
}
