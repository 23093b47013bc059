terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  # The endpoint is EC2's alone.
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

variable "rules" {
  type = map(object({
    groupId     = string
    port        = number
    cidr        = string
    description = string
  }))
}

resource "aws_vpc_security_group_egress_rule" "rule" {
  for_each          = var.rules
  security_group_id = each.value.groupId
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
  description       = each.value.description
}
