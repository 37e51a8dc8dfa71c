# A shop.
#
# It sells.
terraform {
  required_version = ">= 1.5"

  backend "s3" {
    bucket = "state"
    key    = "shop"
  }

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      team = "shop"
    }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

variable "people" {
  default = {}
  type    = map(object({ name = string }))
}

variable "region" {
  default     = "eu-central-1"
  description = "Where. Not $${x}."
  type        = string

  validation {
    condition     = length(var.region) > 3
    error_message = "Too short."
  }
}

locals {
  limits = {
    "${var.region}" = ""
    "a-b"           = false
    "for"           = 1
  }
  name = "shop-${var.region}"
  none = null
  zero = 0
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.work.arn]
  }

  statement {
    actions = [
      "sqs:SendMessage",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ]
    effect    = "Deny"
    resources = ["*"]

    principals {
      identifiers = ["*"]
      type        = "*"
    }
  }
}

resource "aws_security_group" "web" {
  ingress = [
    {
      cidr_blocks = ["10.0.0.0/8"]
      from_port   = 443
      protocol    = "tcp"
      to_port     = 443
    },
  ]

  dynamic "timeouts" {
    for_each = var.people
    iterator = person

    content {
      create = person.value
    }
  }

  provisioner "local-exec" {
    command = "echo \"hi\"\nls"
  }
}

resource "aws_sqs_queue" "dead" {
  for_each = { for k, v in var.people : k => v }
  provider = aws.west

  name = each.key
}

# What is to be done.
resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 3
  })
  tags = {
    kind        = "$${literal}"
    "long-name" = "x"
  }

  lifecycle {
    ignore_changes  = [tags, policy]
    prevent_destroy = true

    precondition {
      condition     = var.region != ""
      error_message = "no"
    }
  }

  depends_on = [aws_sqs_queue.dead]
}

module "m" {
  list = [
    {
      a = 1
    },
  ]
  providers = {
    aws = aws.west
  }
  source  = "./m"
  version = "1.0"

  depends_on = [aws_sqs_queue.work]
}

check "health" {
  assert {
    condition     = data.aws_sqs_queue.x.url != ""
    error_message = "gone"
  }

  data "aws_sqs_queue" "x" {
    name = "work"
  }
}

moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.work
}

import {
  id = "https://sqs/work"
  to = aws_sqs_queue.work
}

removed {
  from = aws_sqs_queue.gone

  lifecycle {
    destroy = false
  }
}

output "url" {
  sensitive = true
  value     = var.region == "a" ? { x = 1 } : null

  depends_on = [aws_sqs_queue.work]
}
