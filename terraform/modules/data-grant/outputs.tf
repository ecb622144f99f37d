output "marker_key" {
  description = "Key of the note; null where there is none."
  value       = one(aws_s3_object.marker[*].key)
}
