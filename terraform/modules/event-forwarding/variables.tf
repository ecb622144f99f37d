variable "name" {
  description = "Prefix of all names."
  type        = string
}

variable "queue_policy" {
  description = "Compiled policy of the queue."
  type        = string
}
