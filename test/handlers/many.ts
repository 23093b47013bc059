import { checked, failureOf, type Handler, PROVIDER_LINE, type Props, type Resource } from "./handler";
import { type Place, revoke, STACK } from "./place";

/** Rules of one group that differ only in their port: from 1000 on. */
export function web({ group }: Pick<Place, "group">, count: number, more: Props = {}): Props[] {
  return Array.from({ length: count }, (_, place) => ({
    securityGroupId: group,
    ipProtocol: "tcp",
    fromPort: 1000 + place,
    toPort: 1000 + place,
    cidrIpv4: "10.0.0.0/16",
    owner: STACK,
    ...more,
  }));
}

/** What `up` does with new resources at once: a resource for each, or its error. */
export async function makeAll(
  handler: Handler,
  rules: readonly Props[],
): Promise<(Resource | { readonly failure: string })[]> {
  const inputs: Props[] = [];
  for (const args of rules) inputs.push(await checked(handler, args));
  return Promise.all(
    inputs.map(async (one) => {
      const creating = handler.create(one);
      try {
        const { id, outs } = await creating;
        return { id, inputs: one, outs: { ...outs, __provider: PROVIDER_LINE } };
      } catch {
        return { failure: await failureOf(creating) };
      }
    }),
  );
}

/** The same, if none may fail. */
export async function made(handler: Handler, rules: readonly Props[]): Promise<Resource[]> {
  return (await makeAll(handler, rules)).map(resource);
}

export function resource(result: Resource | { readonly failure: string }): Resource {
  if ("failure" in result) throw new Error(result.failure);
  return result;
}

export function failures(results: readonly (Resource | { readonly failure: string })[]): string[] {
  return results.flatMap((result) => ("failure" in result ? [result.failure] : []));
}

/** Revokes rules behind the program's back; returns their ids. */
export async function revokeAll(place: Place, resources: readonly Resource[]): Promise<string[]> {
  for (const { id } of resources) await revoke(place, id);
  return resources.map(({ id }) => id);
}
