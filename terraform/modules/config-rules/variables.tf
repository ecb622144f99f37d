variable "rules" {
  description = "Compiled rules by name: what for, AWS's identifier, and parameters."
  type = map(object({
    description = string
    identifier  = string
    parameters  = map(string)
  }))
}
