module "studio_role" {
  source = "../../modules/execution-role"

  boundary_arn = var.boundary_arn
  description  = "Studio sessions of the project ${var.name}"
  name         = "uais-${var.name}-studio"
  trust_policy = var.policies["studio-trust"]
  policies = {
    "uais-${var.name}-studio"        = var.policies["studio"]
    "uais-${var.name}-studio-guards" = var.policies["studio-guards"]
  }
}

module "training_role" {
  source = "../../modules/execution-role"

  boundary_arn = var.boundary_arn
  description  = "Training jobs of the project ${var.name}"
  name         = "uais-${var.name}-training"
  policies     = { "uais-${var.name}-training" = var.policies["training"] }
  trust_policy = var.policies["training-trust"]
}

module "inference_role" {
  source = "../../modules/execution-role"

  boundary_arn = var.boundary_arn
  description  = "Models and endpoints of the project ${var.name}"
  name         = "uais-${var.name}-inference"
  policies     = { "uais-${var.name}-inference" = var.policies["inference"] }
  trust_policy = var.policies["inference-trust"]
}

module "workbench" {
  source = "../../modules/project-workbench"

  key_arn            = var.key_arn
  log_retention_days = var.log_retention_days
  project            = var.name
}

module "budget" {
  source = "../../modules/budget"
  count  = var.monthly_budget_usd == null ? 0 : 1

  limit_usd = var.monthly_budget_usd
  name      = "uais-${var.name}"
  tag = {
    key   = "uais:project"
    value = var.name
  }
}
