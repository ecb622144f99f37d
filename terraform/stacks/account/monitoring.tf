module "trail" {
  source = "../../modules/audit-trail"

  bucket           = var.trail.bucket
  bucket_policy    = var.policies["trail-bucket"]
  data_bucket_arns = [module.data_bucket.arn]
  force_destroy    = var.destroy_data
  name             = "uais"
  object_lock = {
    days = var.trail.retention_days
    mode = var.trail.lock_mode
  }
}

module "events" {
  source = "../../modules/event-forwarding"

  name         = "uais"
  queue_policy = var.policies["event-queue"]
  rules        = var.event_rules
}

module "config_rules" {
  source = "../../modules/config-rules"

  rules = var.config_rules
}

module "budget" {
  source = "../../modules/budget"

  emails    = var.budget_emails
  limit_usd = var.monthly_budget_usd
  name      = "uais-account"
}
