import { ALLOW_OUT_ARGUMENTS, type AllowOutArgs, allowing } from "./allowOut";
import { SERVICES, type Service, type ServiceName, type Variant } from "./catalogue";
import { component, type EgressComponentClass } from "./component";
import type { Port } from "./port";
import { refuse } from "./shape";

/** The arguments of a component that allows one service. */
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

/** The class of a service's components. */
export interface ServiceComponent<Name extends ServiceName>
  extends EgressComponentClass<AllowServiceArgs<Name>> {
  /** The name of the service in `SERVICES`. */
  readonly service: Name;
}

/** `AllowOut` with the ports and the title of a service. */
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

/** The ports of a variant of a service, or of its first where none is given. */
export function variantPorts(
  where: string,
  variants: Service["variants"],
  variant: string | null | undefined,
): readonly Port[] {
  const found = Object.entries(variants).find(([name]) => name === (variant ?? name));
  const all = Object.keys(variants).map((name) => `"${name}"`);
  return found?.[1] ?? refuse(where, "variant", variant, `the service has ${all.join(", ")}`);
}
