output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "name" {
  description = "Name of the bucket, once its policy is in place."
  value       = aws_s3_bucket_policy.this.bucket
}
