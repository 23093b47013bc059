import { type ErrorKind, fill, RESOURCES, textFor, toldText } from "../test/handlers/errors/kinds";
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

/** The page on all errors of EC2: what the tests hold. */
export function errorsPage(): string {
  return [
    "# Errors",
    "",
    "Made by `npm run docs` from the table that the tests hold the package to.",
    "",
    "An error of a call says what failed, on which rule and group and in which Region; then EC2's code, its words, and the",
    "id of the request, which AWS support asks for; and below it, what to do. Below, ids are shortened to `…`, and EC2's words",
    "are examples.",
    "",
    "| code | what it means |",
    "| --- | --- |",
    ...ERRORS.flatMap((kind) => Object.keys(kind.codes).map((code) => `| \`${code}\` | ${linkTo(kind)} |`)),
    "| `DryRunOperation` | [Not an error](#what-is-not-an-error) |",
    "| `TimeoutError`, `ECONNREFUSED`, `ENOTFOUND` … | [No answer](#no-answer) |",
    "",
    ...ERRORS.flatMap(section),
    "## No answer",
    "",
    "EC2 could not be reached, or did not answer in time. The call is tried again; when that does not help, the package looks",
    "whether the rule was made, as after any error of EC2's own, and then fails with `There was no answer`. Check the",
    "network, the Region's name, and if set `aws:endpoints`, `AWS_ENDPOINT_URL`, or the proxy (`aws:httpsProxy`, else",
    "`HTTPS_PROXY`). How long that takes at most is told in the [README](../../README.md#when-something-goes-wrong).",
    "",
    "A proxy that makes no connection is a `ProxyRefusal`, and a certificate of an authority that is not known here has a code",
    "of Node.js, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`: [Configuration](configuration.md) says how to name both.",
    "",
    "## What is not an error",
    "",
    "`DryRunOperation` is EC2's answer to a dry run that would have succeeded: with `aws-egress:preflight` preview asks for",
    "it, and says nothing of it.",
    "",
    "## Errors of the package's own",
    "",
    "Most of them come at preview, before anything is done. Each names the argument, its value, and what to do; search for",
    "the words below. Where nothing sets a Region, preview says that it `is not known: set aws:region`, and `get` says",
    "`no Region is set`.",
    "",
    "| says | when | what to do |",
    "| --- | --- | --- |",
    ...PREVIEW_ERRORS.map(({ says, when, todo }) => `| \`${says}\` | ${when} | ${todo} |`),
    "",
  ].join("\n");
}

function linkTo({ title }: ErrorKind): string {
  return `[${title}](#${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-")})`;
}

function section(kind: ErrorKind): string[] {
  const codes = Object.keys(kind.codes).map((code) => `\`${code}\``);
  return [
    `## ${kind.title}`,
    "",
    `${codes.join(", ")}. ${kind.meaning}`,
    "",
    `The package: ${kind.does}`,
    "",
    ...texts(kind).flatMap((text) => ["```text", text, "```", ""]),
    ...(kind.todo === undefined ? [] : [kind.todo, ""]),
  ];
}

/** What is said where a kind first has something to say; of both resources where they differ. */
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
