resource "aws_config_config_rule" "this" {
  for_each = var.rules

  description      = each.value.description
  input_parameters = length(each.value.parameters) == 0 ? null : jsonencode(each.value.parameters)
  name             = each.key

  source {
    owner             = "AWS"
    source_identifier = each.value.identifier
  }
}
