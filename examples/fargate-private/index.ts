import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AllowEcrPullOut, AllowVpcEndpointsOut } from "pulumi-aws-egress";

const config = new pulumi.Config();
const vpcId = config.require("vpcId");
const subnetIds = config.requireObject<string[]>("subnetIds");
const routeTableIds = config.requireObject<string[]>("routeTableIds");
const { region } = aws.getRegionOutput();

const tasks = new aws.ec2.SecurityGroup("tasks", { vpcId, description: "tasks of the service" });

// A group for each purpose, so that pulling images and reading secrets are allowed apart.
const images = endpoints("images", ["ecr.api", "ecr.dkr"]);
const runtime = endpoints("runtime", ["logs", "secretsmanager"]);
// Image layers come from S3, and a gateway endpoint costs nothing.
const s3 = new aws.ec2.VpcEndpoint("s3", { vpcId, serviceName: serviceName("s3"), routeTableIds });

const pull = new AllowEcrPullOut("pull", { securityGroup: tasks, to: [images.group] });
const run = new AllowVpcEndpointsOut("run", { securityGroup: tasks, to: [runtime.group] });

export const service = new aws.ecs.Service(
  "service",
  {
    cluster: config.require("cluster"),
    taskDefinition: config.require("taskDefinition"),
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: { subnets: subnetIds, securityGroups: [tasks.id], assignPublicIp: false },
  },
  // A task that starts before its way out is there cannot pull its image, and fails.
  { dependsOn: [pull, run, ...images.all, ...runtime.all, s3] },
).name;

/** Interface endpoints that the tasks may reach, and their group. */
function endpoints(name: string, services: string[]) {
  const group = new aws.ec2.SecurityGroup(name, { vpcId, description: `endpoints: ${services.join(", ")}` });
  const from = { referencedSecurityGroupId: tasks.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const ingress = new aws.vpc.SecurityGroupIngressRule(name, { securityGroupId: group.id, ...from });
  const made = services.map(
    (service) =>
      new aws.ec2.VpcEndpoint(service, {
        vpcId,
        serviceName: serviceName(service),
        vpcEndpointType: "Interface",
        subnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
      }),
  );
  return { group, all: [ingress, ...made] };
}

function serviceName(service: string) {
  return pulumi.interpolate`com.amazonaws.${region}.${service}`;
}
