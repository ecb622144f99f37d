variable "name" {
  description = "Prefix of all names."
  type        = string
}

variable "queue_policy" {
  description = "Compiled policy of the queue."
  type        = string
}

variable "rules" {
  description = "Compiled rules by name: what for, and an event pattern as JSON."
  type        = map(object({ description = string, pattern = string }))
}
