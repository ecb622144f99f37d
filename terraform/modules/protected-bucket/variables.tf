variable "encryption" {
  description = "aws:kms with the given key, or AES256 with S3's own."
  type        = string
  default     = "aws:kms"
}

variable "force_destroy" {
  description = "Whether destroying may empty the bucket."
  type        = bool
  default     = false
}

variable "key_arn" {
  description = "Key that encrypts; null with AES256."
  type        = string
  default     = null
}

variable "name" {
  description = "Name of the bucket."
  type        = string
}

variable "object_lock" {
  description = "How long, and how strictly (GOVERNANCE or COMPLIANCE), files are locked; null for not at all."
  type = object({
    days = number
    mode = string
  })
  default = null
}

variable "policy" {
  description = "Compiled bucket policy."
  type        = string
}

variable "upload_origins" {
  description = "Web origins whose pages may post files here; none by default."
  type        = list(string)
  default     = []
}
