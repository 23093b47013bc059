import type * as pulumi from "@pulumi/pulumi";
import { quoteName } from "../provider/rule/failure";
import { ALLOW_OUT_ARGUMENTS, AllowOut, type AllowOutArgs } from "./allowOut";
import { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
import { checkKnown } from "./knownArguments";
import type { Port } from "./port";
import { refuse } from "./shape";

/** The arguments of a component that lets one service out. */
export type AllowServiceArgs<Name extends ServiceName> =
  IsUnion<Variant<Name>> extends true ? AllowOutArgs & VariantArgs<Variant<Name>> : AllowOutArgs;

/** The argument of services that are reached in more ways than one. */
export interface VariantArgs<Of> {
  /**
   * Which of the ways in which the service is reached.
   *
   * @default the first that the catalogue lists
   * @example "tls"
   */
  variant?: Of | undefined;
}

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

/** A component of the catalogue, to be extended by a class that gives it its name. */
export interface ServiceComponent<Name extends ServiceName> {
  new (name: string, args: AllowServiceArgs<Name>, opts?: pulumi.ComponentResourceOptions): AllowOut;
  /** The name of the service in `SERVICES`. */
  readonly service: Name;
}

/** `AllowOut` with the ports and the title of a service. */
export function service<Name extends ServiceName>(
  serviceName: Name,
  component: string,
): ServiceComponent<Name> {
  const { title, variants }: Service = SERVICES[serviceName];
  const own = Object.keys(variants).length > 1 ? ["variant"] : [];
  return class extends AllowOut {
    static readonly service = serviceName;

    constructor(name: string, args: AllowServiceArgs<Name>, opts?: pulumi.ComponentResourceOptions) {
      const { variant, description, ...others }: AllowOutArgs & VariantArgs<string> = { ...args };
      const where = `${component} ${quoteName(name)}`;
      checkKnown(where, others, [...ALLOW_OUT_ARGUMENTS, ...own]);
      const ports = variantPorts(where, variants, variant);
      super(name, { ...others, description: description ?? title, ports }, opts, component);
    }
  };
}

/** The ports of a variant of a service, or of its first where none is said. */
export function variantPorts(
  where: string,
  variants: Service["variants"],
  variant: string | null | undefined,
): readonly Port[] {
  const found = Object.entries(variants).find(([name]) => name === (variant ?? name));
  const all = Object.keys(variants).map((name) => `"${name}"`);
  return found?.[1] ?? refuse(where, "variant", variant, `the service has ${all.join(", ")}`);
}
