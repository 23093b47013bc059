import type * as pulumi from "@pulumi/pulumi";
import type { WarningKind } from "../provider/rule/warnings";
import { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
import type { Destinations } from "./destination";
import { checkKnown } from "./knownArguments";
import { type Port, portList } from "./port";
import { type VariantArgs, variantPorts } from "./service";

/** Traffic that may leave a group, and its destinations. Plain data. */
export interface Intent {
  /** One or more destinations. */
  readonly to: Destinations;
  /** The protocols and ports. */
  readonly ports: readonly Port[];
  /** The description of its rules. */
  readonly description?: pulumi.Input<string | undefined>;
  /** The warnings to suppress. */
  readonly silence?: readonly WarningKind[] | undefined;
}

/** The options of every intent. */
export interface IntentOptions {
  /**
   * The description of its rules.
   *
   * @default the service's name
   * @example "package updates"
   */
  description?: pulumi.Input<string> | undefined;
  /**
   * The warnings to suppress.
   *
   * @default none
   * @example ["smtp"]
   */
  silence?: readonly WarningKind[] | undefined;
}

const OPTIONS = ["description", "silence"];

/** Creates an intent for a service of the catalogue. */
export type ServiceIntent<Name extends ServiceName> = (
  to: Destinations,
  options?: IntentOptions & VariantArgs<Variant<Name>>,
) => Intent;

/** Creates an intent for any traffic. */
export function traffic(
  ports: Port | readonly Port[],
  to: Destinations,
  options: IntentOptions & { description: pulumi.Input<string> },
): Intent {
  checkKnown("allow.traffic", options, OPTIONS);
  return { to, ports: portList("allow.traffic", ports), ...options };
}

/** Returns the intent function of a service, from the same record as its component. */
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
