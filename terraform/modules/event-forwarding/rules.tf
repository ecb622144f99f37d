# EventBridge leaves out calls that only read, so these are changes. Calls come by the trail.
locals {
  _rules = {
    calls = {
      description = "Changes in the services that UAIS builds with"
      pattern = {
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          eventSource = [
            "cloudtrail.amazonaws.com",
            "ec2.amazonaws.com",
            "events.amazonaws.com",
            "iam.amazonaws.com",
            "kms.amazonaws.com",
            "sagemaker.amazonaws.com",
            "sqs.amazonaws.com",
          ]
        }
      }
    }
    buckets = {
      description = "Changes of bucket settings, not of objects"
      pattern = {
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          eventSource = ["s3.amazonaws.com"]
          eventName   = [{ prefix = "PutBucket" }, { prefix = "DeleteBucket" }]
        }
      }
    }
    states = {
      description = "Jobs, models and endpoints that change their state"
      pattern = {
        source = ["aws.sagemaker"]
        detail-type = [
          "SageMaker Endpoint State Change",
          "SageMaker Model Package State Change",
          "SageMaker Training Job State Change",
        ]
      }
    }
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local._rules

  description   = each.value.description
  event_pattern = jsonencode(each.value.pattern)
  name          = "${var.name}-${each.key}"
}
