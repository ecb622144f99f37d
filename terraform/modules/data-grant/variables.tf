variable "marker" {
  description = "Where to leave a note, and what it says; null leaves none."
  type = object({
    bucket  = string
    content = string
    key_arn = string
    prefix  = string
  })
  default = null
}

variable "name" {
  description = "Name of the data source."
  type        = string
}

variable "policy" {
  description = "Compiled policy that grants reading."
  type        = string
}

variable "role_names" {
  description = "Roles that may read."
  type        = list(string)
}
