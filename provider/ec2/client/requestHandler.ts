import * as querystring from "node:querystring";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Network } from "../settings/network";
import { TIME_LIMITS } from "../timeLimits";
import { proxyFor } from "./proxyFor";

/** What sends requests in time, through the proxy that a stack names, to whom it believes. */
export function requestHandlerOf(network: Network): NodeHttpHandler {
  const { ca, insecure, httpProxy, httpsProxy } = network;
  const tls = { ...(ca && { ca }), ...(insecure && { rejectUnauthorized: false }) };
  if (httpProxy === undefined && httpsProxy === undefined) {
    return new NodeHttpHandler({ ...LIMITS, httpsAgent: tls });
  }
  return new ProxyingHandler(network, tls);
}

const LIMITS = {
  connectionTimeout: TIME_LIMITS.connection,
  requestTimeout: TIME_LIMITS.answer,
  throwOnRequestTimeout: true,
  // Once an answer has begun, the time-out of the request has done its part.
  socketTimeout: TIME_LIMITS.answer,
};

type Tls = { readonly ca?: string; readonly rejectUnauthorized?: boolean };

/** Asks anew for each request: STS may be called through a proxy where EC2 is not. */
class ProxyingHandler extends NodeHttpHandler {
  private readonly proxied = new Map<string, Promise<NodeHttpHandler>>();

  constructor(
    private readonly network: Network,
    private readonly tls: Tls,
  ) {
    super({ ...LIMITS, httpsAgent: tls });
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler["handle"]>) {
    const proxy = proxyFor(this.network, request);
    if (proxy === undefined) return super.handle(request, options);
    const through = this.proxied.get(proxy) ?? handlerThrough(proxy, this.tls);
    this.proxied.set(proxy, through);
    return (await through).handle(request, options);
  }

  override destroy(): void {
    super.destroy();
    for (const through of this.proxied.values()) void through.then((handler) => handler.destroy());
  }
}

async function handlerThrough(proxy: string, tls: Tls): Promise<NodeHttpHandler> {
  // Not before it is needed: few stacks have a proxy.
  const { HttpProxyAgent } = await import("http-proxy-agent");
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  const url = new URL(proxy);
  const user = [url.username, url.password].map(querystring.unescape).join(":");
  const headers =
    user === ":" ? {} : { "Proxy-Authorization": `Basic ${Buffer.from(user).toString("base64")}` };
  // Not left in it, as with DEBUG set the agents print it.
  url.username = url.password = "";
  const options = { keepAlive: true, headers, ...tls };
  const httpsAgent = new HttpsProxyAgent(url, options);
  // What it is made with is for the proxy itself, and this for what is behind it.
  Object.assign(httpsAgent.options, tls, { secureEndpoint: true });
  // The agent would pass the proxy's refusal on as if EC2 had said it.
  httpsAgent.on("proxyConnect", ({ statusCode, statusText }) => {
    if (statusCode === 200) return;
    const error = new Error(`${url.host} refused the connection: HTTP ${statusCode} ${statusText}`);
    // A proxy that is busy or broken is asked again, as EC2 would be.
    throw Object.assign(error, { name: "ProxyRefusal", ...(statusCode >= 500 && { $retryable: {} }) });
  });
  return new NodeHttpHandler({ ...LIMITS, httpAgent: new HttpProxyAgent(url, options), httpsAgent });
}
