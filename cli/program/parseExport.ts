import { quote } from "../../provider/rule/failure";
import { isRecord } from "../../provider/rule/record";
import { InputError } from "./inputError";
import { parseResource, type Resource } from "./resource";
import { type Written, whatItIs } from "./written";

/** Reads the resources of a stack from the output of `pulumi stack export`. */
export function parseExport(written: Written): readonly Resource[] {
  const { name, values } = written;
  const [document] = values;
  const deployment = isRecord(document) ? document.deployment : undefined;
  if (!isRecord(deployment)) {
    throw new InputError(`${name} is ${whatItIs(written)}: expected what \`pulumi stack export\` writes`);
  }
  const { resources } = deployment;
  // A stack has no resources before its first `up`.
  if (resources === undefined || resources === null) return [];
  if (!Array.isArray(resources)) {
    throw new InputError(
      `${name}: deployment.resources is ${quote(resources)}: expected a list of resources`,
    );
  }
  return resources.map((value: unknown, place) => {
    const resource = parseResource(value);
    if (resource !== undefined) return resource;
    throw new InputError(
      `${name}: deployment.resources[${place}] is ${quote(value)}: expected a resource with a urn`,
    );
  });
}
