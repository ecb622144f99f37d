resource "aws_iam_role_policy" "read" {
  for_each = toset(var.role_names)

  name   = "uais-data-${var.name}"
  policy = var.policy
  role   = each.key
}

# Marks where uploads belong, so that the place is seen before the first file. Never in data that was there before.
resource "aws_s3_object" "marker" {
  count = var.marker == null ? 0 : 1

  bucket                 = var.marker.bucket
  content                = var.marker.content
  content_type           = "application/json"
  key                    = "${var.marker.prefix}.uais-source.json"
  kms_key_id             = var.marker.key_arn
  server_side_encryption = "aws:kms"
}
