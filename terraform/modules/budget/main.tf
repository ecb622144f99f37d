resource "aws_budgets_budget" "this" {
  budget_type  = "COST"
  limit_amount = tostring(var.limit_usd)
  limit_unit   = "USD"
  name         = var.name
  time_unit    = "MONTHLY"

  dynamic "cost_filter" {
    for_each = var.tag == null ? [] : [var.tag]

    content {
      name   = "TagKeyValue"
      values = [join("$", ["user:${cost_filter.value.key}", cost_filter.value.value])]
    }
  }

  dynamic "notification" {
    for_each = length(var.emails) == 0 ? [] : [80, 100]

    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = "ACTUAL"
      subscriber_email_addresses = var.emails
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
    }
  }
}
