import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup";

interface Locked {
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const locked: [string, Locked][] = Object.entries<Locked>(read("package-lock.json").packages);
const shipped = locked.filter(([path, { dev }]) => path !== "" && !dev);

test("the package depends on eleven others, and its installation runs no scripts", () => {
  expect(Object.keys(read("package.json").dependencies)).toEqual([
    "@aws-sdk/client-ec2",
    "@aws-sdk/client-sts",
    "@aws-sdk/credential-providers",
    "@smithy/core",
    "@smithy/node-http-handler",
    "commander",
    "dataloader",
    "http-proxy-agent",
    "https-proxy-agent",
    "hyparquet",
    "ip-address",
  ]);
  expect(shipped.length).toBeGreaterThan(5);
  expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
});

test("the lock file pins the content of each package installed with this one", () => {
  expect(shipped.filter(([, { integrity }]) => !integrity)).toEqual([]);
});
