import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The fate of one call. */
export type Mishap =
  /** EC2 executes it, and the connection breaks before the answer. */
  | "lose the answer"
  /** EC2 executes it, and a server on the way answers 503. */
  | "answer 503"
  /** It never takes effect: this code refuses it. */
  | { readonly refuse: string };

export interface ProxiedCall {
  readonly action: string;
  readonly params: { readonly [name: string]: string };
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** Stands between a handler and an endpoint: records every call as sent, and makes some fail on the way. */
export interface MishapProxy {
  readonly url: string;
  /** Every try of every call, including retries, since the start or the last `reset`. */
  readonly calls: readonly ProxiedCall[];
  /** The fate of the next tries of an action, in order; later ones pass. */
  befall(action: string, mishaps: readonly Mishap[]): void;
  /** Forgets the calls, and the planned failures. */
  reset(): void;
  stop(): Promise<void>;
}

/** @param carriedOut runs after EC2 has executed a call, before the answer is passed on */
export async function startProxy(
  target: string,
  carriedOut: (action: string) => Promise<void> = async () => {},
): Promise<MishapProxy> {
  const calls: ProxiedCall[] = [];
  const ahead = new Map<string, Mishap[]>();

  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { Action: action = "", ...params } = Object.fromEntries(new URLSearchParams(body));
    calls.push({ action, params, body, headers: request.headers });
    const mishap = ahead.get(action)?.shift();
    if (typeof mishap === "object") return refuse(response, mishap.refuse);

    const headers = new Headers({ "content-type": request.headers["content-type"] ?? "" });
    // The endpoint reads the service and its Region from the signature.
    headers.set("authorization", request.headers.authorization ?? "");
    const answer = await fetch(target, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.ok) await carriedOut(action);
    if (mishap === "lose the answer") return response.destroy();
    if (mishap === "answer 503") return response.writeHead(503).end();
    return response.writeHead(answer.status, { "content-type": "text/xml" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    calls,
    befall: (action, mishaps) => ahead.set(action, [...mishaps]),
    reset: () => {
      calls.length = 0;
      ahead.clear();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The proxy is not listening");
  return address.port;
}

function refuse(response: ServerResponse, code: string): void {
  const error = `<Error><Code>${code}</Code><Message>refused on the way</Message></Error>`;
  const status = code === "Unavailable" ? 503 : 400;
  response
    .writeHead(status, {
      "content-type": "text/xml",
      "x-amzn-requestid": "11111111-2222-3333-4444-555555555555",
    })
    .end(`<Response><Errors>${error}</Errors><RequestID>of the body</RequestID></Response>`);
}
