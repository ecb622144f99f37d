resource "aws_vpc_endpoint" "s3" {
  policy            = var.s3_endpoint_policy
  route_table_ids   = [aws_route_table.private.id]
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  vpc_id            = aws_vpc.this.id

  tags = { Name = "${var.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(var.interface_endpoints)

  policy              = var.interface_endpoint_policy
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.endpoints.id]
  # The service of the Studio page is named in another way than the rest (SageMaker AI Developer Guide).
  service_name      = each.key == "studio" ? "aws.sagemaker.${var.region}.studio" : "com.amazonaws.${var.region}.${each.key}"
  subnet_ids        = aws_subnet.private[*].id
  vpc_endpoint_type = "Interface"
  vpc_id            = aws_vpc.this.id

  tags = { Name = "${var.name}-${each.key}" }
}

locals {
  # A service that is reached already is not linked twice: its name in the network is taken.
  _links = setsubtract(var.private_link_services, [
    for name in concat(["s3"], var.interface_endpoints) : "com.amazonaws.${var.region}.${name}"
  ])
}

# Services of others have no endpoint policy, and their names are for the owner to set up; those of AWS have both.
resource "aws_vpc_endpoint" "link" {
  for_each = local._links

  policy              = startswith(each.key, "com.amazonaws.vpce.") ? null : var.interface_endpoint_policy
  private_dns_enabled = !startswith(each.key, "com.amazonaws.vpce.")
  security_group_ids  = [aws_security_group.endpoints.id]
  service_name        = each.key
  subnet_ids          = aws_subnet.private[*].id
  vpc_endpoint_type   = "Interface"
  vpc_id              = aws_vpc.this.id

  tags = { Name = "${var.name}-link" }
}
