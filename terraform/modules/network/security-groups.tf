resource "aws_security_group" "work" {
  description = "Jobs, apps and models of UAIS"
  name        = "${var.name}-work"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-work" }
}

resource "aws_security_group" "endpoints" {
  description = "Interface endpoints of UAIS"
  name        = "${var.name}-endpoints"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_work" {
  description                  = "TLS from jobs, apps and models"
  from_port                    = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.work.id
  security_group_id            = aws_security_group.endpoints.id
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "work_to_endpoints" {
  description                  = "TLS to the endpoints"
  from_port                    = 443
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.endpoints.id
  security_group_id            = aws_security_group.work.id
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "work_to_s3" {
  description       = "TLS to S3 by the gateway endpoint"
  from_port         = 443
  ip_protocol       = "tcp"
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  security_group_id = aws_security_group.work.id
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "work_to_proxy" {
  count = var.egress_proxy == null ? 0 : 1

  cidr_ipv4         = var.egress_proxy.cidr
  description       = "To the inspecting proxy"
  from_port         = var.egress_proxy.port
  ip_protocol       = "tcp"
  security_group_id = aws_security_group.work.id
  to_port           = var.egress_proxy.port
}

# Workers of one job, and home directories (NFS), speak among themselves.
resource "aws_vpc_security_group_ingress_rule" "work_within" {
  description                  = "Among jobs, apps and models"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.work.id
  security_group_id            = aws_security_group.work.id
}

resource "aws_vpc_security_group_egress_rule" "work_within" {
  description                  = "Among jobs, apps and models"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.work.id
  security_group_id            = aws_security_group.work.id
}
