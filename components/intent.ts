import type * as pulumi from "@pulumi/pulumi";
import type { WarningKind } from "../provider/rule/warnings";
import { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
import type { Destinations } from "./destination";
import { checkKnown } from "./knownArguments";
import { type Port, portList } from "./port";
import { type VariantArgs, variantPorts } from "./service";

/** What may leave a group, and where it may go. Plain data. */
export interface Intent {
  /** Where it may go. */
  readonly to: Destinations;
  /** What kind of traffic. */
  readonly ports: readonly Port[];
  /** Why. */
  readonly description?: pulumi.Input<string | undefined>;
  /** The warnings that are known and meant. */
  readonly silence?: readonly WarningKind[] | undefined;
}

/** What may be said of any intent. */
export interface IntentOptions {
  /**
   * Why, as the description of its rules.
   *
   * @default the service's name
   * @example "package updates"
   */
  description?: pulumi.Input<string> | undefined;
  /**
   * The warnings that are known and meant.
   *
   * @default none
   * @example ["smtp"]
   */
  silence?: readonly WarningKind[] | undefined;
}

const OPTIONS = ["description", "silence"];

/** Says where a service of the catalogue may go. */
export type ServiceIntent<Name extends ServiceName> = (
  to: Destinations,
  options?: IntentOptions & VariantArgs<Variant<Name>>,
) => Intent;

/** The intent of any traffic. */
export function traffic(
  ports: Port | readonly Port[],
  to: Destinations,
  options: IntentOptions & { description: pulumi.Input<string> },
): Intent {
  checkKnown("allow.traffic", options, OPTIONS);
  return { to, ports: portList("allow.traffic", ports), ...options };
}

/** The intent of a service, from the same record as its component. */
export function serviceIntent<Name extends ServiceName>(name: Name): ServiceIntent<Name> {
  const { title, variants }: Service = SERVICES[name];
  const where = `allow.${name}`;
  return (to, options) => {
    checkKnown(where, options, [...OPTIONS, "variant"]);
    const { variant, description, ...others } = { ...options };
    return {
      to,
      ports: variantPorts(where, variants, variant),
      description: description ?? title,
      ...others,
    };
  };
}
