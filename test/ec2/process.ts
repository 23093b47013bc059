import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const venvPython = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];

export function pythonPath(): string {
  return process.env.PULUMI_AWS_EGRESS_PYTHON || join(root, ".venv", ...venvPython);
}

/** The process in which worlds are made. */
export interface Server {
  readonly url: string;
  /** Lets this process end though the server is there: it ends with this process. */
  unref(): void;
  stop(): Promise<void>;
}

/** @param port a free one, where it is left out */
export async function startServer(port = 0): Promise<Server> {
  const python = pythonPath();
  // So that tests can have as many Regions as they like.
  const env = { ...process.env, MOTO_ALLOW_NONEXISTENT_REGION: "true" };
  // The server ends where its standard input ends, so that it cannot outlive this process, however that ends.
  const args = [join(__dirname, "server.py"), "--port", String(port)];
  const child = spawn(python, args, { env, stdio: "pipe" });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const listening = /^listening on (\S+)\r?\n/m.exec(out)?.[1];
      if (listening !== undefined) {
        resolve(listening);
      }
    });
    child.once("error", (cause) => reject(new Error(`No EC2 endpoint: ${python} did not start`, { cause })));
    child.once("close", (code) =>
      reject(new Error(`No EC2 endpoint: ${python} ended with ${code}\n${errors}`)),
    );
  });
  // What it still says is the trace of an answer 500, which the caller would otherwise never see.
  child.stderr.on("data", (text: string) => process.stderr.write(text));
  return {
    url,
    unref() {
      child.unref();
      for (const pipe of [child.stdin, child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref();
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}
