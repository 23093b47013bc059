import type { EC2Client } from "@aws-sdk/client-ec2";
import { isRecord, type UnknownRecord } from "../../rule/record";
import type { Target } from "../target";

const names = new WeakMap<EC2Client, string>();

/** The endpoint, as errors name it: `https://ec2.eu-west-1.amazonaws.com`. */
export function endpointName({ client }: Pick<Target, "client">): string {
  return names.get(client) ?? "EC2";
}

/** Notes the endpoint of a client's calls, and adds it to the `$metadata` of their errors. */
export function noteEndpoint(client: EC2Client): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      const endpoint = nameOf(call.request);
      names.set(client, endpoint);
      try {
        return await next(call);
      } catch (error) {
        const known = isRecord(error) && isRecord(error.$metadata) ? error.$metadata : {};
        throw Object.assign(Object(error), { $metadata: { ...known, endpoint } });
      }
    },
    // The SDK's own retries come first in this step, so this runs within each try.
    { step: "finalizeRequest", priority: "low", name: "noteEndpoint" },
  );
}

/** Omits the path, and the password that a URL may contain. */
function nameOf(request: unknown): string {
  const { protocol, hostname, port }: UnknownRecord = isRecord(request) ? request : {};
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${protocol}//${host}`;
}
