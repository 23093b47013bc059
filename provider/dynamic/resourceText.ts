import * as pulumi from "@pulumi/pulumi";
import { quoteName } from "../rule/failure";

/** A resource as people say it: `aws.ec2.Vpc "main"`. */
export function resourceText(resource: pulumi.Resource): string {
  return `${className(pulumi.resourceType(resource))} ${quoteName(pulumi.resourceName(resource))}`;
}

/** The class of a type: `aws.ec2.Vpc` of `aws:ec2/vpc:Vpc`; of a dynamic resource the name alone. */
function className(type: string): string {
  const [ofPackage = "", module = "", name = ""] = type.split(":");
  if (module.startsWith("dynamic/")) return name;
  return [ofPackage, ...module.split("/").slice(0, 1), name].filter((part) => part !== "index").join(".");
}
