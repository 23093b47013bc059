import { createHash } from "node:crypto";
import type { Because } from "../../program/model";
import { KINDS, type Severity } from "../findings";
import type { GroupReview } from "../groupReview";
import type { Review } from "../review";
import { jsonText } from "./jsonText";
import { groupName } from "./words";

/** Code scanning accepts no more results from one run. */
const MOST_RESULTS = 5_000;

const LEVELS = { high: "error", medium: "warning", low: "note", info: "note" } as const satisfies Record<
  Severity,
  string
>;
/** GitHub sorts security results by this number. */
const SECURITY_SEVERITY: { readonly [S in Severity]: string } = {
  high: "8.0",
  medium: "5.0",
  low: "3.0",
  info: "1.0",
};

/** The kinds of result for pieces of reach, in addition to the kinds of finding. */
const REACH = [
  { id: "opens", severity: "info", why: "Traffic that may leave a group only after the change." },
  { id: "closes", severity: "info", why: "Traffic that may leave a group only before the change." },
] as const;

export interface SarifOptions {
  readonly version: string;
  /** The project's folder, because code scanning expects paths relative to the repository; empty for its root. */
  readonly folder: string;
}

/** The review in SARIF 2.1.0, which code scanning shows next to the lines of the program. */
export function sarif(review: Review, options: SarifOptions): string {
  const all = review.groups.flatMap(resultsOf);
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "pulumi-aws-egress",
            version: options.version,
            semanticVersion: options.version,
            rules: [...REACH, ...KINDS].map(ruleOf),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notesOf(review, all.length) }],
        results: all.slice(0, MOST_RESULTS).map((result) => sarifResult(result, options.folder)),
      },
    ],
  });
}

interface Result {
  readonly id: string;
  readonly severity: Severity;
  readonly group: string;
  readonly message: string;
  readonly because: readonly Because[];
}

function resultsOf(group: GroupReview): Result[] {
  const name = groupName(group);
  const piece = (id: string, verb: string) => (one: GroupReview["opens"][number]) => ({
    id,
    severity: "info" as const,
    group: name,
    message: `${name} ${verb} ${one.text}`,
    because: one.because,
  });
  return [
    ...group.findings.map((finding) => ({
      ...finding,
      group: name,
      message: `${name}: ${finding.message} ${finding.why}`,
    })),
    ...group.opens.map(piece("opens", "opens")),
    ...group.closes.map(piece("closes", group.isCloseSure ? "closes" : "may close")),
  ];
}

function sarifResult({ id, severity, group, message, because }: Result, folder: string) {
  const [first, ...others] = because;
  return {
    ruleId: id,
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(first, folder)],
    ...(others.length > 0 && {
      relatedLocations: others
        .slice(0, 10)
        .map((one, at) => ({ id: at + 1, ...locationOf(one, folder), message: { text: becauseText(one) } })),
    }),
    partialFingerprints: { reachV1: hashOf([id, group, message]) },
  };
}

/** The line, or else the project's file, because code scanning drops results without a location. */
function locationOf(because: Because | undefined, folder: string) {
  const { file, line } = because?.source ?? { file: "Pulumi.yaml", line: 1 };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(folder, file), uriBaseId: "%SRCROOT%" },
      region: { startLine: Math.max(1, line) },
    },
    ...(because !== undefined && {
      logicalLocations: [{ name: because.resource, fullyQualifiedName: because.urn, kind: "resource" }],
    }),
  };
}

function uriOf(folder: string, file: string): string {
  const parts = [...folder.split(/[\\/]/), ...file.split(/[\\/]/)].filter(
    (part) => part !== "" && part !== ".",
  );
  return parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\ufffd"))).join("/");
}

function ruleOf({
  id,
  severity,
  why,
}: {
  readonly id: string;
  readonly severity: Severity;
  readonly why: string;
}) {
  return {
    id,
    shortDescription: { text: why },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["security"], "security-severity": SECURITY_SEVERITY[severity] },
  };
}

function notesOf({ gaps }: Review, count: number) {
  const cut = count > MOST_RESULTS ? [`${count - MOST_RESULTS} more results are left out.`] : [];
  return [...gaps.map((gap) => `Not reviewed: ${gap}`), ...cut].map((text) => ({
    level: "warning",
    message: { text },
  }));
}

function becauseText({ resource, reason }: Because): string {
  return reason === undefined ? resource : `${resource}: ${reason}`;
}

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
