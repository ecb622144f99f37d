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

module "splunk" {
  source = "../../modules/splunk-forwarding"
  count  = var.splunk == null ? 0 : 1

  connection_name     = var.splunk.connection_name
  endpoint            = var.splunk.endpoint
  input_paths         = var.splunk.input_paths
  name                = var.splunk.name
  requests_per_second = var.splunk.requests_per_second
  role_arn            = var.splunk.role_arn
  rules               = module.events.rule_names
  template            = var.splunk.template
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
