module "network" {
  source = "../../modules/network"
  count  = var.existing_network == null ? 1 : 0

  cidr                      = var.network_cidr
  egress_proxy              = var.egress_proxy
  interface_endpoint_policy = var.policies["interface-endpoint"]
  interface_endpoints       = var.interface_endpoints
  name                      = "uais"
  private_link_services     = var.private_link_services
  region                    = var.region
  s3_endpoint_policy        = var.policies["s3-endpoint"]
}

module "key" {
  source = "../../modules/customer-key"
  count  = var.existing_key_arn == null ? 1 : 0

  deletion_window_days = var.destroy_data ? 7 : 30
  description          = "Everything of United AI Studio in this account"
  name                 = "uais"
  policy               = var.policies["key"]
}

locals {
  key_arn = var.existing_key_arn == null ? module.key[0].arn : var.existing_key_arn
  network = var.existing_network == null ? module.network[0] : var.existing_network
}

module "data_bucket" {
  source = "../../modules/protected-bucket"

  force_destroy = var.destroy_data
  key_arn       = local.key_arn
  name          = var.data_bucket
  policy        = var.policies["data-bucket"]

  upload_origins = var.upload_origins
}

module "domain" {
  source = "../../modules/studio-domain"

  boundary_arn             = var.boundary_arn
  destroy_home_directories = var.destroy_data
  key_arn                  = local.key_arn
  name                     = var.domain_name
  security_group_ids       = local.network.security_group_ids
  subnet_ids               = local.network.subnet_ids
  trust_policy             = var.policies["domain-trust"]
  vpc_id                   = local.network.vpc_id
}
