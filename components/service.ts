import { ALLOW_OUT_ARGUMENTS, type AllowOutArgs, allowing } from "./allowOut";
import { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
import { component, type EgressComponentClass } from "./component";
import type { Port } from "./port";
import { refuse } from "./shape";

/** The arguments of a component that allows one service. */
export type AllowServiceArgs<Name extends ServiceName> =
  IsUnion<Variant<Name>> extends true ? AllowOutArgs & VariantArgs<Variant<Name>> : AllowOutArgs;

/** The argument of services that have more than one variant. */
export interface VariantArgs<Of> {
  /**
   * The variant of the service, such as with or without TLS.
   *
   * @default the first variant in the catalogue
   * @example "tls"
   */
  variant?: Of | undefined;
}

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

/** The component class of a service. */
export interface ServiceComponent<Name extends ServiceName>
  extends EgressComponentClass<AllowServiceArgs<Name>> {
  /** The name of the service in `SERVICES`. */
  readonly service: Name;
}

/** Creates the component class of a service: `AllowOut` with its ports and title. */
export function service<Name extends ServiceName>(serviceName: Name, kind: string): ServiceComponent<Name> {
  const { title, variants }: Service = SERVICES[serviceName];

  const known = [...ALLOW_OUT_ARGUMENTS, "variant"] as const;
  return class extends component<AllowOutArgs & VariantArgs<string>>(kind, known, (where, args) => {
    const { variant, description, ...others } = args;
    const ports = variantPorts(where, variants, variant);
    return allowing(where, { ...others, description: description ?? title, ports });
  }) {
    static readonly service = serviceName;
  };
}

/** Returns the ports of a variant; by default those of the first. */
export function variantPorts(
  where: string,
  variants: Service["variants"],
  variant: string | null | undefined,
): readonly Port[] {
  const found = Object.entries(variants).find(([name]) => name === (variant ?? name));
  const all = Object.keys(variants).map((name) => `"${name}"`);
  return found?.[1] ?? refuse(where, "variant", variant, `specify one of ${all.join(", ")}`);
}
