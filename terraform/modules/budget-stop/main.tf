# AWS Budgets attaches it, to the account alone, when the month is spent, and takes it off when the next one begins.
resource "aws_organizations_policy" "stop" {
  content     = var.policy
  description = "Refuses new work in the account ${var.account_id} while its budget is spent"
  name        = "uais-${var.name}-budget-stop"
  type        = "SERVICE_CONTROL_POLICY"

  # By this tag the role that AWS Budgets takes may attach it, and nothing else.
  tags = { "uais:purpose" = "budget-stop" }
}

resource "aws_budgets_budget" "account" {
  budget_type  = "COST"
  limit_amount = tostring(var.limit_usd)
  limit_unit   = "USD"
  name         = "uais-${var.name}"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "LinkedAccount"
    values = [var.account_id]
  }
}

resource "aws_budgets_budget_action" "stop" {
  action_type        = "APPLY_SCP_POLICY"
  approval_model     = "AUTOMATIC"
  budget_name        = aws_budgets_budget.account.name
  execution_role_arn = var.role_arn
  notification_type  = "ACTUAL"

  action_threshold {
    action_threshold_type  = "PERCENTAGE"
    action_threshold_value = 100
  }

  definition {
    scp_action_definition {
      policy_id  = aws_organizations_policy.stop.id
      target_ids = [var.account_id]
    }
  }

  dynamic "subscriber" {
    for_each = toset(var.emails)

    content {
      address           = subscriber.value
      subscription_type = "EMAIL"
    }
  }
}
