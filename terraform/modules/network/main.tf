# Two zones, private subnets only. No internet gateway and no address translation exist here, nor a route to one:
# what is not reachable by an endpoint, or by the owner's proxy inside of this network, is not reachable.
data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  _zones = slice(sort(data.aws_availability_zones.available.names), 0, 2)
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = var.name }
}

resource "aws_subnet" "private" {
  count = length(local._zones)

  availability_zone       = local._zones[count.index]
  cidr_block              = cidrsubnet(var.cidr, 2, count.index)
  map_public_ip_on_launch = false
  vpc_id                  = aws_vpc.this.id

  tags = { Name = "${var.name}-private-${count.index + 1}" }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-private" }
}

resource "aws_route_table_association" "private" {
  count = length(local._zones)

  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private[count.index].id
}
