# S3's own encryption on purpose: an owner who switches the data key off must still be able to read the trail.
module "bucket" {
  source = "../protected-bucket"

  encryption    = "AES256"
  force_destroy = var.force_destroy
  name          = var.bucket
  object_lock   = var.object_lock
  policy        = var.bucket_policy
}

resource "aws_cloudtrail" "this" {
  enable_log_file_validation    = true
  include_global_service_events = true
  is_multi_region_trail         = true
  name                          = var.name
  s3_bucket_name                = module.bucket.name

  advanced_event_selector {
    name = "Every call"

    field_selector {
      equals = ["Management"]
      field  = "eventCategory"
    }
  }

  advanced_event_selector {
    name = "Every object of the data bucket"

    field_selector {
      equals = ["Data"]
      field  = "eventCategory"
    }

    field_selector {
      equals = ["AWS::S3::Object"]
      field  = "resources.type"
    }

    field_selector {
      field       = "resources.ARN"
      starts_with = [for arn in var.data_bucket_arns : "${arn}/"]
    }
  }

  advanced_event_selector {
    name = "Every request to an endpoint"

    field_selector {
      equals = ["Data"]
      field  = "eventCategory"
    }

    field_selector {
      equals = ["AWS::SageMaker::Endpoint"]
      field  = "resources.type"
    }
  }
}
