output "security_group_ids" {
  description = "Security groups that work must name."
  value       = [aws_security_group.work.id]
}

output "subnet_ids" {
  description = "Subnets that work must name."
  value       = aws_subnet.private[*].id
}

output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}
