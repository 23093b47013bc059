import { type Endpoint, startEndpoint } from "./ec2/endpoint";

/** The EC2 of this test file: a world of its own, made before its tests and ended after them. */
export let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
});

afterAll(async () => {
  await endpoint?.stop();
});
