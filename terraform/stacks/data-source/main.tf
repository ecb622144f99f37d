module "grant" {
  source = "../../modules/data-grant"

  name       = var.name
  policy     = var.policies["read"]
  role_names = var.role_names

  # Data that stays where it is stays as it is: nothing is written next to it.
  marker = var.kind == "upload" ? {
    bucket  = var.bucket
    content = jsonencode({ project = var.project, source = var.name })
    key_arn = var.key_arn
    prefix  = var.prefix
  } : null
}
