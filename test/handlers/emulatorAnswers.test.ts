import { DESCRIBE, MODIFY } from "../actions";
import type { Fault } from "../ec2/endpoint";
import { endpoint } from "../world";
import { change, failureOf, handlerAt, make, type Props, refresh } from "./handler";
import { place } from "./ownPlace";
import { STACK } from "./place";

// EC2's answers, with some parts missing.

afterEach(async () => endpoint.befall([]));

const web = (more: Props = {}): Props => ({
  securityGroupId: place.group,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
  owner: STACK,
  ...more,
});

/** The endpoint's message after it did, or did not do, what it was asked to. */
async function answer(action: string, content: string, before: boolean): Promise<void> {
  const body = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`;
  const fault: Fault = { kind: "answer", status: 200, body, before };
  await endpoint.befall([{ action, times: 1, fault }]);
}

const REQUEST_ID = "<requestId>1</requestId>";

test("an answer without a success flag is accepted", async () => {
  const made = await make(handlerAt(endpoint), web());
  await answer(MODIFY, REQUEST_ID, false);
  const changed = await change(handlerAt(endpoint), made, web({ description: "web" }));
  expect(changed.outs).toMatchObject({ description: "web" });
});

test("an answer without a list means an empty list", async () => {
  const made = await make(handlerAt(endpoint), web());
  await answer(DESCRIBE, REQUEST_ID, true);
  expect(await refresh(handlerAt(endpoint), made)).toBeUndefined();
});

test("an answer without a request id is rejected, and the error names the endpoint", async () => {
  const made = await make(handlerAt(endpoint), web());
  await answer(DESCRIBE, "<securityGroupRuleSet/>", true);
  const message = await failureOf(refresh(handlerAt(endpoint), made));
  expect(message).toContain(
    `reading rule ${made.id} (us-east-1): UnknownAnswer: the response is not from EC2`,
  );
  expect(message).toContain(`Check the endpoint, ${endpoint.url} (aws:endpoints, AWS_ENDPOINT_URL)`);
});
