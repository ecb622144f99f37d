variable "bucket" {
  description = "Name of the trail's bucket."
  type        = string
}

variable "bucket_policy" {
  description = "Compiled policy of that bucket."
  type        = string
}

variable "data_bucket_arns" {
  description = "Buckets whose objects are watched."
  type        = list(string)
}

variable "force_destroy" {
  description = "Whether destroying may empty the bucket."
  type        = bool
  default     = false
}

variable "name" {
  description = "Name of the trail."
  type        = string
}

variable "object_lock" {
  description = "How long, and how strictly, files are locked."
  type = object({
    days = number
    mode = string
  })
}
