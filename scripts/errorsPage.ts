import { type ErrorKind, fill, RESOURCES, textFor, toldText } from "../test/handlers/errors/kinds";
import { LINES } from "../test/handlers/errors/lines";
import { PREVIEW_ERRORS } from "../test/handlers/errors/preview";
import { ERRORS } from "../test/handlers/errors/table";
import { VERBS, type Verb } from "../test/handlers/errors/verbs";

const SHOWN = {
  region: "us-east-1",
  requestId: "…",
  tries: "26",
  endpoint: "https://ec2.us-east-1.amazonaws.com",
  destination: "10.0.0.0/16",
  group: "sg-…",
  rule: "sgr-…",
};

/** The page on EC2's errors, from the tests. */
export function ec2ErrorsPage(): string {
  return [
    "# EC2 errors",
    "",
    "<!-- Made by `npm run docs` from test/handlers/errors/table.ts: edit that, not this. -->",
    "",
    "Search this page for the code that EC2 returned. Each section says what the code means, what the package does about it,",
    "and what you can do.",
    "",
    "A message has three parts: what failed, on which rule, group and Region; EC2's code, its words and its request id, which",
    "AWS support asks for; and what to do. Here, ids are shortened to `…`, and EC2's words are examples.",
    "",
    ...ERRORS.flatMap(section),
    "## No answer",
    "",
    "`TimeoutError`, `ECONNREFUSED`, `ENOTFOUND` and other codes of Node.js. EC2 could not be reached, or did not answer in",
    "time. The package tries again, [within limits](configuration.md#retries-and-time-limits). Then it looks whether the rule",
    "was made, and otherwise fails with `There was no answer`. Check the network, the Region's name and, if set,",
    "`aws:endpoints`, `AWS_ENDPOINT_URL` and the proxy.",
    "",
    "`ProxyRefusal` means that the proxy refused the connection. A code such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE` means that",
    "the certificate is from an authority that is not known here. [Configuration](configuration.md) has the keys for both.",
    "",
    "## Not an error",
    "",
    "`DryRunOperation`. EC2 answers this to a dry run that would have succeeded. Preview asks for it with",
    "`aws-egress:preflight`, and does not report it.",
    "",
  ].join("\n");
}

/** The page on messages of the package, Pulumi and Node.js. */
export function errorsPage(): string {
  return [
    "# Errors",
    "",
    "<!-- Made by `npm run docs` from scripts/errorsPage.ts and test/handlers/errors: edit those, not this. -->",
    "",
    "If the message contains a code of EC2, such as `InvalidPermission.Duplicate`, see [EC2 errors](ec2-errors.md).",
    "",
    "## This package",
    "",
    "Most of these appear at preview, before anything is changed. Search for the words in the first column.",
    "",
    "| message contains | cause | remedy |",
    "| --- | --- | --- |",
    ...PREVIEW_ERRORS.map(({ says, when, todo }) => `| \`${says}\` | ${when} | ${todo} |`),
    "",
    "## Lines that are not errors",
    "",
    "| line contains | meaning |",
    "| --- | --- |",
    ...LINES.map(({ says, meaning }) => `| \`${says}\` | ${meaning} |`),
    "",
    "## Pulumi and Node.js",
    "",
    "| message or symptom | cause and remedy |",
    "| --- | --- |",
    ...SYMPTOMS.map(([says, meaning]) => `| ${says} | ${meaning} |`),
    "",
  ].join("\n");
}

const SYMPTOMS = [
  [
    "`Cannot find module 'pulumi-aws-egress/handlers'`",
    "the package was uninstalled while a stack still has resources of it: install it again. With an inline program, install it where the stack's `workDir` is",
  ],
  [
    "`Cannot read properties of undefined (reading 'toJavaScript')` at `pulumi import`",
    "Pulumi cannot import dynamic resources: declare the rule [with `adopt`](../guides/adopt.md)",
  ],
  [
    "`NodeVersionSupportWarning`",
    "the AWS SDK's advice about Node.js 20: see [Package managers](../guides/package-managers.md#nodejs)",
  ],
  [
    "`ignoreChanges` fails on `icmp` or `prefixListName`",
    "state does not contain these two, but the properties that they set: ignore `fromPort` and `toPort`, or `prefixListId`",
  ],
  ["`replaceOnChanges` has no effect", "a dynamic resource cannot tell Pulumi which properties change"],
] as const;

function section(kind: ErrorKind): string[] {
  const codes = Object.keys(kind.codes).map((code) => `\`${code}\``);
  return [
    `## ${kind.title}`,
    "",
    `${codes.join(", ")}. ${kind.meaning} ${kind.does}`,
    "",
    ...texts(kind).flatMap((text) => ["```text", text, "```", ""]),
    ...(kind.todo === undefined ? [] : [kind.todo, ""]),
  ];
}

/** The text for the first operation that has one; for both resources if they differ. */
function texts(kind: ErrorKind): string[] {
  const told = RESOURCES.flatMap((resource) => {
    const own = kind.texts?.create;
    if (own !== undefined) return fill(textFor(own, resource), SHOWN);
    const [verb, remedy] = firstOf(kind.remedies) ?? [];
    const [first] = Object.entries(kind.codes);
    if (verb === undefined || remedy === undefined || first === undefined) return [];
    const [code, answer] = first;
    const { doing, action } = VERBS[verb];
    const text = toldText(textFor(doing, resource), code, answer, textFor(remedy, resource));
    const destination = /'(pl-\w+)'/.exec(answer.words)?.[1] ?? SHOWN.destination;
    return fill(text, { ...SHOWN, action, destination, status: String(answer.status) });
  });
  const isSame = told.length > 1 && firstOf(kind.remedies)?.[0] !== "create" && kind.texts === undefined;
  return isSame ? told.slice(0, 1) : [...new Set(told)];
}

function firstOf(
  remedies: ErrorKind["remedies"],
): [Verb, NonNullable<ErrorKind["remedies"][Verb]>] | undefined {
  for (const verb of ["create", "change", "tag"] as const) {
    const remedy = remedies[verb];
    if (remedy !== undefined) return [verb, remedy];
  }
  return undefined;
}
