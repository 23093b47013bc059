import { SERVICES, type Service } from "../../components/catalogue";
import type { Port } from "../../components/port";
import * as services from "../../components/services";
import { type Expression, oneOrArray } from "./expression";
import { descriptionSource, titleOf, variantSource } from "./intentSource";
import { text } from "./literal";
import { portSource } from "./portSource";
import type { SourceIntent, SourceTraffic } from "./source";

/** The component for an intent's traffic, with the arguments that specify the traffic. */
export interface ComponentSource {
  readonly type: string;
  /** A word for the traffic, for the resource's name. */
  readonly what: string;
  readonly args: { readonly [argument: string]: Expression | undefined };
  /** Whether the component itself determines the destination. */
  readonly hasOwnDestination?: true;
}

export function componentSource(intent: SourceIntent): ComponentSource {
  const { traffic } = intent;
  const description = descriptionSource(intent);
  if ("awsService" in traffic) {
    const type = AWS_SERVICES[traffic.awsService];
    return { type, what: traffic.awsService, args: { description }, hasOwnDestination: true };
  }
  if ("port" in traffic) {
    return {
      type: "AllowOut",
      what: portWord(traffic.port),
      args: { ports: portSource(traffic.port), description },
    };
  }
  const type = COMPONENTS.get(traffic.service);
  if (type !== undefined) {
    return { type, what: traffic.service, args: { variant: variantSource(traffic), description } };
  }
  // Some services of the catalogue have no component of their own.
  const { variants }: Service = SERVICES[traffic.service];
  const ports = oneOrArray((variants[traffic.variant] ?? []).map(portSource));
  return {
    type: "AllowOut",
    what: traffic.service,
    args: { ports, description: description ?? title(traffic) },
  };
}

const AWS_SERVICES = { s3: "AllowS3Out", dynamodb: "AllowDynamoDbOut" } as const;

/** The components of the catalogue, by service. */
const COMPONENTS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(services).map(([type, { service }]) => [service, type] as const),
  ["everything", "AllowAllOut"],
]);

function title(traffic: SourceTraffic): Expression | undefined {
  const said = titleOf(traffic);
  return said === undefined ? undefined : text(said);
}

/** The traffic in a word: `tcp-8443`. */
export function portWord({ protocol, fromPort, toPort }: Port): string {
  if (protocol === "-1") return "all";
  if (fromPort === undefined) return `protocol-${protocol}`;
  return [protocol, fromPort, ...(toPort === fromPort ? [] : [toPort])]
    .filter((part) => part !== -1)
    .join("-");
}
