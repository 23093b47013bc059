import * as querystring from "node:querystring";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Network } from "../settings/network";
import { TIME_LIMITS } from "../timeLimits";
import { proxyFor } from "./proxyFor";

/** Sends requests with time limits, through the stack's proxy, to servers that it trusts. */
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
  // The SDK's request timeout stops once an answer has begun.
  socketTimeout: TIME_LIMITS.answer,
};

type Tls = { readonly ca?: string; readonly rejectUnauthorized?: boolean };

/** Chooses a proxy for each request: STS may need one where EC2 does not. */
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
  // Load it on demand: few stacks have a proxy.
  const { HttpProxyAgent } = await import("http-proxy-agent");
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  const url = new URL(proxy);
  const user = [url.username, url.password].map(querystring.unescape).join(":");
  const headers =
    user === ":" ? {} : { "Proxy-Authorization": `Basic ${Buffer.from(user).toString("base64")}` };
  // Remove the password from the URL: with DEBUG set, the agents print it.
  url.username = url.password = "";
  const options = { keepAlive: true, headers, ...tls };
  const httpsAgent = new HttpsProxyAgent(url, options);
  // The constructor's options apply to the proxy itself; these apply to the server behind it.
  Object.assign(httpsAgent.options, tls, { secureEndpoint: true });
  // The agent would pass on the proxy's refusal as if EC2 had sent it.
  httpsAgent.on("proxyConnect", ({ statusCode, statusText }) => {
    if (statusCode === 200) return;
    const error = new Error(`${url.host} refused the connection: HTTP ${statusCode} ${statusText}`);
    // A busy or broken proxy deserves a retry, just as EC2 does.
    throw Object.assign(error, { name: "ProxyRefusal", ...(statusCode >= 500 && { $retryable: {} }) });
  });
  return new NodeHttpHandler({ ...LIMITS, httpAgent: new HttpProxyAgent(url, options), httpsAgent });
}
