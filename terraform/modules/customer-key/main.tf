# The policy is set when the key is made and never by us again: changing who may use the key is the owner's right.
# Its administrators are the owner's, so AWS's check that the maker can change it is rightly skipped.
resource "aws_kms_key" "this" {
  bypass_policy_lockout_safety_check = true
  deletion_window_in_days            = var.deletion_window_days
  description                        = var.description
  enable_key_rotation                = true
  policy                             = var.policy
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
