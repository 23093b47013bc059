import { endpoint } from "../world";
import { type Handler, handlerAt } from "./handler";
import { type MishapProxy, startProxy } from "./proxy";

/** The proxy for this test file's handler. */
export let proxy: MishapProxy;
/** One for each test. */
export let handler: Handler;

beforeAll(async () => {
  proxy = await startProxy(endpoint.url);
});

afterAll(async () => {
  await proxy?.stop();
});

beforeEach(() => {
  handler = handlerAt(proxy);
  proxy.reset();
});
