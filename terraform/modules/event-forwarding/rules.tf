# Compiled by @uais/guardrails: what each rule looks for, and which guardrail it backs, is said there.
resource "aws_cloudwatch_event_rule" "this" {
  for_each = var.rules

  description   = each.value.description
  event_pattern = each.value.pattern
  name          = "${var.name}-${each.key}"
}
