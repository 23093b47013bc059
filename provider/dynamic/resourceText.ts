import * as pulumi from "@pulumi/pulumi";
import { quoteName } from "../rule/failure";

/** A resource as people name it: `aws.ec2.Vpc "main"`. */
export function resourceText(resource: pulumi.Resource): string {
  return `${className(pulumi.resourceType(resource))} ${quoteName(pulumi.resourceName(resource))}`;
}

/** The class of a type: `aws.ec2.Vpc` for `aws:ec2/vpc:Vpc`; only the name for a dynamic resource. */
function className(type: string): string {
  const [ofPackage = "", module = "", name = ""] = type.split(":");
  if (module.startsWith("dynamic/")) return name;
  return [ofPackage, ...module.split("/").slice(0, 1), name].filter((part) => part !== "index").join(".");
}
