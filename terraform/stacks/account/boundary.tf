# The boundary belongs to the owner and comes from the bootstrap. It is read here, to fail early where the bootstrap
# was not run, and to show where the owner holds an older one.
data "aws_iam_policy" "boundary" {
  arn = var.boundary_arn
}

locals {
  boundary_current = jsonencode(jsondecode(data.aws_iam_policy.boundary.policy)) == jsonencode(jsondecode(var.policies["boundary"]))
}
