import { createServer, request as send } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { proxy as ec2 } from "../configured";
import { type Authority, makeAuthority } from "./authority";

/** Traffic through the proxy: a connection, `ec2.us-east-1.amazonaws.com:443`, or a request, `http://ec2.test/`. */
interface Passed {
  readonly to: string;
  /** The user that the proxy saw. */
  readonly user: string | undefined;
}

/** A company's network: a proxy is the only way out, and the server behind it has a certificate of the company. */
export interface Company {
  readonly authority: Authority;
  /** The proxy's URL. */
  readonly host: string;
  /** The same, for clients that speak TLS to it. */
  readonly tlsHost: string;
  readonly passed: readonly Passed[];
  /** The proxy's refusal for the next requests. */
  refuse(status: number, times: number): void;
}

/** The company of this test file. All calls reach the file's own EC2, which records them. */
export function company(): () => Company {
  let made: Company | undefined;
  let stop = async () => {};

  beforeAll(async () => {
    const authority = makeAuthority();
    const front = createTlsServer(authority.server, (socket) => {
      pipe(socket, connect(Number(new URL(ec2.url).port), "127.0.0.1"));
    });
    const passed: Passed[] = [];
    const refusals: number[] = [];
    const way = createServer((request, response) => {
      passed.push({ to: request.url ?? "", user: userOf(request.headers["proxy-authorization"]) });
      const { method, headers } = request;
      const onward = send(ec2.url, { method, headers }, (answer) => {
        answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
      });
      return request.pipe(onward);
    });
    way.on("connect", (request, socket) => {
      passed.push({ to: request.url ?? "", user: userOf(request.headers["proxy-authorization"]) });
      const refusal = refusals.shift();
      if (refusal !== undefined) {
        socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 24\r\n\r\n<html>Who are you?</html>`);
        return;
      }
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      pipe(socket, connect(portOf(front), "127.0.0.1"));
    });
    const tlsWay = createTlsServer(authority.server, (socket) => {
      pipe(socket, connect(portOf(way), "127.0.0.1"));
    });
    const servers = [front, way, tlsWay];
    await Promise.all(servers.map((one) => new Promise<void>((up) => one.listen(0, "127.0.0.1", up))));
    made = {
      authority,
      host: `127.0.0.1:${portOf(way)}`,
      passed,
      tlsHost: `127.0.0.1:${portOf(tlsWay)}`,
      refuse: (status, times) => refusals.push(...Array.from({ length: times }, () => status)),
    };
    stop = async () => {
      way.closeAllConnections();
      await Promise.all(servers.map((one) => new Promise((down) => one.close(down))));
      authority.remove();
    };
    beforeReset = () => {
      passed.length = 0;
      refusals.length = 0;
    };
  });

  let beforeReset = () => {};
  beforeEach(() => beforeReset());
  afterAll(() => stop());

  return () => {
    if (made === undefined) throw new Error("The company is not there yet");
    return made;
  };
}

function userOf(authorization: string | undefined): string | undefined {
  return authorization && Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The server is not listening");
  return address.port;
}

type Duplex = NodeJS.ReadWriteStream & { destroy(): void };

/** Joins two ends into one connection, which close together. */
function pipe(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
  }
}
