import { callsWith, endpointsAt, KEYS, proxy } from "./configured";
import type { StackConfig } from "./handler";

/** The retry mode of a call, from the SDK's own mark in the User-Agent. */
async function modeOf(more: StackConfig): Promise<string | undefined> {
  const [call] = await callsWith({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1", ...more });
  const marks = / m\/(\S+)/.exec(call?.headers["user-agent"] ?? "")?.[1]?.split(",") ?? [];
  return marks.includes("E") ? "standard" : marks.includes("F") ? "adaptive" : undefined;
}

test("calls use the adaptive retry mode, unless aws:retryMode or AWS_RETRY_MODE specifies another", async () => {
  expect(await modeOf({})).toBe("adaptive");
  expect(await modeOf({ "aws:retryMode": "adaptive" })).toBe("adaptive");
  proxy.reset();
  expect(await modeOf({ "aws:retryMode": "standard" })).toBe("standard");
  process.env.AWS_RETRY_MODE = "standard";
  proxy.reset();
  expect(await modeOf({})).toBe("standard");
  proxy.reset();
  expect(await modeOf({ "aws:retryMode": "adaptive" })).toBe("adaptive");
});
