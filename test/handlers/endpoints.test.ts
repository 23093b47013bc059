import { DESCRIBE } from "../actions";
import { callsWith, endpointsAt, ID, KEYS, proxy } from "./configured";
import { failureOf } from "./handler";

/** Nothing listens there. */
const NOWHERE = "http://127.0.0.1:9";

describe("the endpoint", () => {
  const config = { ...KEYS, "aws:region": "us-east-1" };
  const actions = () => proxy.calls.map(({ action }) => action);

  test("in aws:endpoints overrides the environment", async () => {
    process.env.AWS_ENDPOINT_URL = NOWHERE;
    process.env.AWS_ENDPOINT_URL_EC2 = NOWHERE;
    await callsWith({ ...config, ...endpointsAt(proxy.url) });
    expect(actions()).toEqual([DESCRIBE]);
  });

  test("in AWS_ENDPOINT_URL_EC2 overrides AWS_ENDPOINT_URL", async () => {
    process.env.AWS_ENDPOINT_URL = NOWHERE;
    process.env.AWS_ENDPOINT_URL_EC2 = proxy.url;
    await callsWith(config);
    expect(actions()).toEqual([DESCRIBE]);
  });

  test("may come from AWS_ENDPOINT_URL", async () => {
    process.env.AWS_ENDPOINT_URL = proxy.url;
    await callsWith(config);
    expect(actions()).toEqual([DESCRIBE]);
  });

  test("may be the only part of aws:endpoints, as a record", async () => {
    await callsWith({ ...config, "aws:endpoints": JSON.stringify({ ec2: proxy.url }) });
    expect(actions()).toEqual([DESCRIBE]);
  });

  test("that does not exist fails with an error that says so", async () => {
    const message = await failureOf(callsWith({ ...config, ...endpointsAt(NOWHERE) }));
    expect(message).toContain(`reading rule ${ID} (us-east-1)`);
    expect(message).toContain("127.0.0.1:9");
  });
});
