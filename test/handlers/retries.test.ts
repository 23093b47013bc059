import { DESCRIBE } from "../actions";
import { callsWith, endpointsAt, ID, KEYS, proxy } from "./configured";
import { failureOf, handlerOf } from "./handler";

describe("the number of tries", () => {
  const config = () => ({ ...KEYS, ...endpointsAt(proxy.url), "aws:region": "us-east-1" });
  const busy = () => proxy.befall(DESCRIBE, Array(9).fill("answer 503"));

  test("comes from AWS_MAX_ATTEMPTS if aws:maxRetries is not set", async () => {
    busy();
    process.env.AWS_MAX_ATTEMPTS = "2";
    await failureOf(handlerOf(config()).read(ID, {}));
    expect(proxy.calls).toHaveLength(2);
  });

  test("comes from aws:maxRetries first", async () => {
    busy();
    process.env.AWS_MAX_ATTEMPTS = "5";
    await failureOf(handlerOf({ ...config(), "aws:maxRetries": "0" }).read(ID, {}));
    expect(proxy.calls).toHaveLength(1);
  });

  test("is up to the SDK in its adaptive mode, which each call reports to AWS", async () => {
    const [call] = await callsWith(config());
    // Source: the SDK's features by their letters, RETRY_MODE_ADAPTIVE.
    expect(call?.headers["user-agent"]).toMatch(/ m\/([A-Za-z0-9]+,)*F(,| |$)/);
  });
});
