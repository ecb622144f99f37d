output "bucket" {
  description = "Bucket that holds the data."
  value       = var.bucket
}

output "prefix" {
  description = "Key prefix that may be read."
  value       = var.prefix
}

output "uri" {
  description = "Where a training job or a notebook reads from."
  value       = "s3://${var.bucket}/${var.prefix}"
}
