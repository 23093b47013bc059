import { DESCRIBE } from "../../actions";
import { known } from "../../known";
import { callsWith, proxy as ec2, endpointsAt, GONE, ID, KEYS } from "../configured";
import { failureOf, handlerOf, type StackConfig } from "../handler";
import { signerOf } from "../signature";
import { company } from "./company";
import { toldInProcess } from "./process";

const network = company();
const PASSWORD = "wJalrXUtnFEMI";

const proxy = () => `http://shop:${PASSWORD}@${network().host}`;
const config = (): StackConfig => ({
  ...KEYS,
  "aws:region": "us-east-1",
  "aws:customCaBundle": network().authority.bundle,
});
/** Where calls through the proxy went. */
const passed = () => network().passed.map(({ to }) => to);
const EC2 = "ec2.us-east-1.amazonaws.com:443";
const NOT_THERE = { "aws:endpoints": '{"ec2": "http://ec2.invalid"}' };

for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
  beforeEach(() => {
    delete process.env[name];
    delete process.env[name.toLowerCase()];
  });
}

describe("a proxy", () => {
  test("in aws:httpsProxy connects to AWS, and receives its user and password", async () => {
    const [call] = await callsWith({ ...config(), "aws:httpsProxy": proxy() });
    expect(network().passed).toEqual([{ to: EC2, user: `shop:${PASSWORD}` }]);
    expect(call?.action).toBe(DESCRIBE);
    expect(call?.headers).not.toHaveProperty("proxy-authorization");
  });

  test("keeps one connection for consecutive calls", async () => {
    const handler = handlerOf({ ...config(), "aws:httpsProxy": proxy() });
    for (const _ of [1, 2, 3]) await handler.read(ID, GONE);
    expect(ec2.calls).toHaveLength(3);
    expect(passed()).toEqual([EC2]);
  });

  test.each(["HTTPS_PROXY", "https_proxy"])("that %s names will do", async (name) => {
    process.env[name] = proxy();
    await callsWith(config());
    expect(passed()).toEqual([EC2]);
  });

  test("accepts TLS with a certificate of a private authority", async () => {
    await callsWith({ ...config(), "aws:httpsProxy": `https://shop:${PASSWORD}@${network().tlsHost}` });
    expect(network().passed).toEqual([{ to: EC2, user: `shop:${PASSWORD}` }]);
  });

  test("in the configuration overrides one in the environment", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:9";
    await callsWith({ ...config(), "aws:httpsProxy": proxy() });
    expect(passed()).toEqual([EC2]);
  });

  test("needs no scheme", async () => {
    await callsWith({ ...config(), "aws:httpsProxy": network().host });
    expect(passed()).toEqual([EC2]);
  });

  test("in aws:httpProxy also serves https if nothing names another", async () => {
    await callsWith({ ...config(), "aws:httpProxy": proxy() });
    expect(passed()).toEqual([EC2]);
  });

  test.each(["HTTP_PROXY", "http_proxy"])("that %s names is for an endpoint of http alone", async (name) => {
    process.env[name] = proxy();
    await callsWith({ ...config(), ...NOT_THERE });
    expect(network().passed).toEqual([{ to: "http://ec2.invalid/", user: `shop:${PASSWORD}` }]);
    const dead = { ...config(), "aws:endpoints": '{"ec2": "https://ec2.invalid"}' };
    await failureOf(callsWith(dead));
    expect(network().passed).toHaveLength(1);
  });

  test.each<[string, StackConfig]>([
    ["aws:noProxy", { "aws:noProxy": "sts.amazonaws.com, ec2.invalid" }],
    ["NO_PROXY", {}],
  ])("does not serve the hosts in %s", async (name, exempt) => {
    if (name === "NO_PROXY") process.env.NO_PROXY = ".invalid";
    const call = callsWith({ ...config(), ...NOT_THERE, "aws:httpProxy": proxy(), ...exempt });
    expect(await failureOf(call)).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(passed()).toEqual([]);
  });

  test("never serves this machine", async () => {
    await callsWith({ ...config(), ...endpointsAt(ec2.url), "aws:httpProxy": proxy() });
    expect(ec2.calls).toHaveLength(1);
    expect(passed()).toEqual([]);
  });

  test("also serves STS, in the Region of aws:stsRegion", async () => {
    const role = { roleArn: "arn:aws:iam::123456789012:role/deploy" };
    const [assume, call] = await callsWith({
      ...config(),
      "aws:httpsProxy": proxy(),
      "aws:assumeRoles": JSON.stringify([role]),
      "aws:stsRegion": "eu-west-1",
    });
    expect(passed()).toEqual(["sts.eu-west-1.amazonaws.com:443", EC2]);
    expect(signerOf(assume)).toEqual({ accessKey: "AKIACONFIGURED", region: "eu-west-1", service: "sts" });
    expect(signerOf(call)).toMatchObject({ region: "us-east-1", service: "ec2" });
  });
});

describe("a proxy that fails", () => {
  test("because it is busy gets another try", async () => {
    network().refuse(503, 1);
    await callsWith({ ...config(), "aws:httpsProxy": proxy(), "aws:maxRetries": "1" });
    expect(passed()).toEqual([EC2, EC2]);
    expect(ec2.calls).toHaveLength(1);
  });

  test("by refusing a connection is reported by its status, without its password", async () => {
    network().refuse(407, 1);
    const message = await failureOf(callsWith({ ...config(), "aws:httpsProxy": proxy() }));
    expect(message).toContain(`reading rule ${ID} (us-east-1)`);
    expect(message).toContain("407");
    expect(message).toContain("aws:httpsProxy");
    expect(message).not.toContain(PASSWORD);
  });

  test("by not existing is reported by its address, without its password", async () => {
    const message = await toldInProcess({
      ...config(),
      "aws:httpsProxy": `http://shop:${PASSWORD}@127.0.0.1:9`,
    });
    expect(message).toContain("ECONNREFUSED 127.0.0.1:9");
    expect(message).toContain("aws:httpsProxy");
    expect(message).not.toContain(PASSWORD);
  });
});

describe("AWS's endpoints", () => {
  test.each<[string, StackConfig, string]>([
    ["of FIPS", { "aws:useFipsEndpoint": "true" }, "ec2-fips.us-east-1.amazonaws.com:443"],
    ["of both families", { "aws:useDualstackEndpoint": "true" }, "ec2.us-east-1.api.aws:443"],
    [
      "of both",
      { "aws:useFipsEndpoint": "true", "aws:useDualstackEndpoint": "true" },
      "ec2-fips.us-east-1.api.aws:443",
    ],
  ])("%s serve the calls if the configuration says so", async (_, more, host) => {
    await callsWith({ ...config(), "aws:httpsProxy": proxy(), ...more });
    expect(passed()).toEqual([host]);
  });

  test("with FIPS serve the calls for roles too", async () => {
    await callsWith({
      ...config(),
      "aws:httpsProxy": proxy(),
      "aws:useFipsEndpoint": "true",
      "aws:assumeRoles": JSON.stringify([{ roleArn: "arn:aws:iam::123456789012:role/deploy" }]),
    });
    expect(passed()).toEqual([
      "sts-fips.us-east-1.amazonaws.com:443",
      "ec2-fips.us-east-1.amazonaws.com:443",
    ]);
  });
});

describe("a private authority", () => {
  const without = () => {
    const { "aws:customCaBundle": _, ...others } = config();
    return { ...others, "aws:httpsProxy": proxy() };
  };

  test("is trusted only if named, and the error says where to name it", async () => {
    const message = await toldInProcess(without());
    expect(message).toContain("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    expect(message).toContain("specify its certificate file in aws:customCaBundle or AWS_CA_BUNDLE");
    expect(ec2.calls).toEqual([]);
  });

  test("is trusted if AWS_CA_BUNDLE names it", async () => {
    process.env.AWS_CA_BUNDLE = network().authority.bundle;
    await callsWith(without());
    expect(ec2.calls).toHaveLength(1);
  });

  test("is trusted with aws:insecure, whoever it is", async () => {
    await callsWith({ ...without(), "aws:insecure": "true" });
    expect(known(ec2.calls[0]).action).toBe(DESCRIBE);
  });
});
