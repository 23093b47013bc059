import { once } from "node:events";
import { createServer } from "node:http";
import { endpoint } from "../world";
import { configFor, failureOf, handlerAt, handlerOf, PROVIDER_LINE } from "./handler";

// AWS's message describes the denial: it may name another action than the call, and no policy may help.

afterEach(() => endpoint.befall([]));

const ID = "sgr-0123456789abcdef0";
const ROLE = "arn:aws:iam::123456789012:role/deploy";

/** The error of a read that EC2 denies with this message. */
async function told(message: string): Promise<string> {
  const fault = { kind: "errorBefore", code: "UnauthorizedOperation", status: 403, message } as const;
  await endpoint.befall([{ action: "DescribeSecurityGroupRules", fault }]);
  return failureOf(handlerAt(endpoint).read(ID, { __provider: PROVIDER_LINE }));
}

const DENIED =
  "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ec2:DescribeSecurityGroupRules";

test("if a policy denies an action, the error says that allowing it does not help", async () => {
  const text = await told(`${DENIED} with an explicit deny in a service control policy`);
  expect(text.split("\n").slice(1)).toEqual([
    "A policy denies ec2:DescribeSecurityGroupRules to the current credentials, whatever else allows it: remove the deny, or use other credentials.",
  ]);
});

test("if EC2 encodes the reason, the error says how to read it", async () => {
  const text = await told(`${DENIED}. Encoded authorization failure message: 4e4f5448494e47`);
  expect(text.split("\n").slice(1)).toEqual([
    "Allow ec2:DescribeSecurityGroupRules to the current credentials. `aws sts decode-authorization-message` shows which policy.",
  ]);
});

test("if a role must not be assumed, the error names that action and the role", async () => {
  const message = `User: arn:aws:iam::123456789012:user/ci is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`;
  const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  const sts = createServer((_, response) => {
    response
      .writeHead(403, { "content-type": "text/xml", "x-amzn-requestid": "0a1b2c3d" })
      .end(`<ErrorResponse>${error}<RequestId>0a1b2c3d</RequestId></ErrorResponse>`);
  });
  await once(sts.listen(0, "127.0.0.1"), "listening");
  const { port } = Object(sts.address());
  const handler = handlerOf({
    ...configFor(endpoint.url),
    "aws:endpoints": JSON.stringify([{ ec2: endpoint.url, sts: `http://127.0.0.1:${port}` }]),
    "aws:assumeRoles": JSON.stringify([{ roleArn: ROLE }]),
  });
  const text = await failureOf(handler.read(ID, { __provider: PROVIDER_LINE }));
  await new Promise((stopped) => sts.close(stopped));
  expect(text.split("\n")).toEqual([
    `reading rule ${ID} (us-east-1): AccessDenied: ${message} (request id 0a1b2c3d)`,
    `Allow sts:AssumeRole on ${ROLE} to the current credentials.`,
  ]);
});
