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
