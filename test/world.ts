import { type Endpoint, startEndpoint } from "./ec2/endpoint";

/** This test file's EC2: its own world, created before its tests and ended after them. */
export let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
});

afterAll(async () => {
  await endpoint?.stop();
});
