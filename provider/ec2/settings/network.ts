import { readFileSync } from "node:fs";
import { type Failure, quote } from "../../rule/failure";
import { isRecord, type UnknownRecord, withoutUndefined } from "../../rule/record";
import { expandedPath, type GetConfig, readBoolean } from "./read";

/** How calls reach AWS. */
export interface Network {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** The hosts to call without a proxy, separated by commas. */
  readonly noProxy: string;
  /** The only certificate authorities to trust, as PEM; by default those that Node.js trusts. */
  readonly ca?: string;
  /** Whether to trust any server's certificate. */
  readonly insecure: boolean;
}

/**
 * Reads the network keys; the environment may supply what they omit.
 *
 * As in `@pulumi/aws`, `aws:httpProxy` also applies to https if nothing specifies another proxy; the environment's
 * HTTP_PROXY does not.
 */
export function readNetwork(get: GetConfig, failures: Failure[]): Network {
  const httpProxy = readProxy("aws:httpProxy", get("aws:httpProxy"), failures);
  const ofEnvironment = (name: string) =>
    readProxy(name, process.env[name] || process.env[name.toLowerCase()], failures);
  return {
    ...withoutUndefined({
      httpProxy: httpProxy ?? ofEnvironment("HTTP_PROXY"),
      httpsProxy:
        readProxy("aws:httpsProxy", get("aws:httpsProxy"), failures) ??
        ofEnvironment("HTTPS_PROXY") ??
        httpProxy,
      ca: readCaBundle(get, failures),
    }),
    noProxy: get("aws:noProxy") || process.env.NO_PROXY || process.env.no_proxy || "",
    insecure: readBoolean("aws:insecure", get, failures),
  };
}

function readProxy(property: string, value: string | undefined, failures: Failure[]): string | undefined {
  if (!value) return undefined;
  const url = value.includes("://") ? value : `http://${value}`;
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  // The message omits the value: it may contain a password.
  failures.push({
    property,
    reason: "is not the URL of an HTTP proxy: write it like http://proxy.example.com:3128",
  });
  return undefined;
}

function readCaBundle(get: GetConfig, failures: Failure[]): string | undefined {
  const configured = get("aws:customCaBundle");
  const property = configured ? "aws:customCaBundle" : "AWS_CA_BUNDLE";
  const path = configured || process.env.AWS_CA_BUNDLE;
  if (!path) return undefined;
  const fail = (reason: string) => failures.push({ property, reason: `${quote(path)} ${reason}` });
  try {
    const bundle = readFileSync(expandedPath(path), "utf8");
    if (bundle.includes("-----BEGIN CERTIFICATE-----")) return bundle;
    fail("contains no certificate: specify a file of certificates as PEM");
  } catch (error) {
    const { code }: UnknownRecord = isRecord(error) ? error : {};
    fail(`cannot be read (${String(code)}): specify the path of a file of certificates as PEM`);
  }
  return undefined;
}
