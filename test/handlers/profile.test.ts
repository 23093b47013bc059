import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { known } from "../known";
import { callsWith, endpointsAt, KEYS, proxy } from "./configured";
import { isSignedWith, signerOf } from "./signature";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "egress-config-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a profile", () => {
  beforeEach(async () => {
    const credentials = join(folder, "credentials");
    await writeFile(
      credentials,
      `[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = default secret
[shop]\naws_access_key_id = AKIASHOP\naws_secret_access_key = shop secret\n`,
    );
    const config = join(folder, "config");
    await writeFile(config, "[profile shop]\nregion = eu-west-3\n");
    process.env.AWS_SHARED_CREDENTIALS_FILE = credentials;
    process.env.AWS_CONFIG_FILE = config;
  });

  test("in aws:profile supplies the keys and the Region", async () => {
    const [call] = await callsWith({ "aws:profile": "shop", ...endpointsAt(proxy.url) });
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-3" });
    expect(isSignedWith("shop secret", known(call))).toBe(true);
  });

  test("in aws:profile overrides the environment's keys", async () => {
    process.env.AWS_ACCESS_KEY_ID = "AKIAENVIRONMENT";
    process.env.AWS_SECRET_ACCESS_KEY = "environment secret";
    // The SDK warns about two sources of credentials.
    const warned = jest.spyOn(console, "warn").mockImplementation(() => {});
    const [call] = await callsWith({ "aws:profile": "shop", ...endpointsAt(proxy.url) });
    warned.mockRestore();
    expect(signerOf(call).accessKey).toBe("AKIASHOP");
  });

  test("may come from AWS_PROFILE", async () => {
    process.env.AWS_PROFILE = "shop";
    const [call] = await callsWith(endpointsAt(proxy.url));
    expect(signerOf(call)).toMatchObject({ accessKey: "AKIASHOP", region: "eu-west-3" });
  });

  test("yields to aws:accessKey", async () => {
    const [call] = await callsWith({ ...KEYS, "aws:profile": "shop", ...endpointsAt(proxy.url) });
    expect(signerOf(call).accessKey).toBe("AKIACONFIGURED");
  });
});
