module pulumi-aws-egress/tools/languageHost

go 1.21

require github.com/pulumi/pulumi/sdk/v3 v3.68.0
