import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A company's own certificate authority, which no one else trusts. */
export interface Authority {
  /** Its certificate, as a file. */
  readonly bundle: string;
  /** The certificate of a server that uses AWS's host names. */
  readonly server: { readonly key: Buffer; readonly cert: Buffer };
  remove(): void;
}

const NAMES = [
  "*.us-east-1.amazonaws.com",
  "*.eu-west-1.amazonaws.com",
  "*.sso.us-east-1.amazonaws.com",
  "*.us-east-1.api.aws",
];

export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "egress-authority-"));
  const openssl = (...args: string[]) =>
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-noenc", "-days", "2", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const names = ["IP:127.0.0.1", ...NAMES.map((name) => `DNS:${name}`)].join(",");
  openssl(...curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=A company");
  openssl(
    ...[...curve, "-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "server.key", "-out", "server.pem"],
    ...["-subj", "/CN=AWS", "-addext", `subjectAltName=${names}`, "-addext", "basicConstraints=CA:FALSE"],
  );
  const read = (file: string) => readFileSync(join(folder, file));
  return {
    bundle: join(folder, "ca.pem"),
    server: { key: read("server.key"), cert: read("server.pem") },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
