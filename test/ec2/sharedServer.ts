import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Server, startServer } from "./process";

/** Where the processes of a run find the server that one of them has started. */
const VARIABLE = "EC2_TEST_SERVER";
const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/** Starts the one server of a run, and does not wait for it: who needs it first does. */
export async function shareServer(): Promise<void> {
  const port = await freePort();
  process.env[VARIABLE] = `http://127.0.0.1:${port}`;
  startServer(port).then(
    (server) => server.unref(),
    (error: unknown) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
  );
}

/** The server of the run, once it listens; where nobody shares one, a server of one's own. */
export async function useServer(): Promise<Pick<Server, "url" | "stop">> {
  const url = process.env[VARIABLE];
  if (url === undefined) return startServer();
  await listening(url);
  return { url, stop: async () => {} };
}

async function listening(url: string): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (cause) {
      if (Date.now() > giveUpAt) throw new Error(`No EC2 endpoint listens on ${url}`, { cause });
      await sleep(POLL_MS);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("A server without a port");
  return address.port;
}
