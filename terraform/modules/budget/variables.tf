variable "emails" {
  description = "Who hears that 80 % and 100 % are spent."
  type        = list(string)
  default     = []
}

variable "limit_usd" {
  description = "US dollars a month."
  type        = number
}

variable "name" {
  description = "Name of the budget."
  type        = string
}

variable "tag" {
  description = "Counts only what carries this tag; null counts the whole account."
  type = object({
    key   = string
    value = string
  })
  default = null
}
