import { allow } from "../../components/allow";
import { SERVICES, type Service } from "../../components/catalogue";
import { destinationSource } from "./destinationSource";
import { call, type Expression, object, oneOrArray } from "./expression";
import { text } from "./literal";
import { portSource } from "./portSource";
import type { SourceIntent, SourceTraffic } from "./source";
import { silenceSource } from "./tagsSource";

/** An intent of a policy: `allow.postgres(database, { description: "orders" })`. */
export function intentSource(intent: SourceIntent, names: ReadonlyMap<string, string>): Expression {
  const { traffic } = intent;
  const to = oneOrArray(intent.to.map((one) => destinationSource(one, names)));
  const options = object({
    variant: variantSource(traffic),
    description: descriptionSource(intent),
    silence: silenceSource(intent.silence),
  });
  const optional = options.kind === "object" && options.properties.length > 0 ? [options] : [];
  if ("port" in traffic) return call("allow.traffic", portSource(traffic.port), to, ...optional);
  if ("awsService" in traffic) return call(`allow.${traffic.awsService}`, ...optional);
  return call(`allow.${traffic.service}`, to, ...optional);
}

/** The description; undefined if it is the default one of the service. */
export function descriptionSource({ traffic, description }: SourceIntent): Expression | undefined {
  return description === titleOf(traffic) ? undefined : text(description);
}

/** The default description of a service. */
export function titleOf(traffic: SourceTraffic): string | undefined {
  if ("port" in traffic) return undefined;
  if ("awsService" in traffic) return String(allow[traffic.awsService]().description);
  // "everything" has no default, because it always requires a reason.
  return traffic.service === "everything" ? undefined : SERVICES[traffic.service].title;
}

/** The variant of a service; undefined if it is the default. */
export function variantSource(traffic: SourceTraffic): Expression | undefined {
  if (!("service" in traffic)) return undefined;
  const { variants }: Service = SERVICES[traffic.service];
  return Object.keys(variants)[0] === traffic.variant ? undefined : text(traffic.variant);
}
