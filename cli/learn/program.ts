import { constantNames } from "../typescript/constantNames";
import { titleOf } from "../typescript/intentSource";
import { type IntentOf, intentsOf } from "../typescript/intentsOf";
import type { SourceDestination, SourceIntent, SourceRule } from "../typescript/source";
import { writeProgram } from "../typescript/writeProgram";
import { doubtTexts, whereText } from "./evidence";
import { TCP, UDP } from "./initiator";
import type { Learned } from "./learned";
import type { LearnedRule } from "./policy";
import { joinSeen, nothingSeen } from "./seen";
import { bytesText, counted, portText, protocolName, spanText } from "./words";

interface LearnedSource extends SourceRule {
  readonly learned: LearnedRule;
}

/** The policy as a program. A comment on each intent reports the traffic that it is based on. */
export function programOf(learned: Learned): string {
  const { group, policy, names: called } = learned;
  const intents = intentsOf(policy.rules.map(sourceRule));
  const groups = new Set([
    group,
    ...intents.flatMap(({ to }) => to.filter(isGroup).map(({ value }) => value)),
  ]);
  const names = constantNames(new Map([...groups].map((id) => [id, called.get(id) || id])));
  return writeProgram({
    comment: headComment(learned),
    names,
    declarations: [
      {
        as: "policy",
        name: names.get(group) ?? group,
        group,
        exclusive: true,
        comment: unclearComment(learned),
        intents: intents.map((intent) => sourceIntent(intent, learned)),
      },
    ],
  });
}

function isGroup({ kind }: SourceDestination): boolean {
  return kind === "securityGroup";
}

function sourceRule(learned: LearnedRule): LearnedSource {
  const { protocol, port, to } = learned;
  const hasPorts = protocol === TCP || protocol === UDP;
  return {
    port: { protocol: protocolName(protocol), ...(hasPorts && { fromPort: port, toPort: port }) },
    to: to.kind === "prefixList" ? { kind: to.kind, value: to.name, listName: to.name } : to,
    learned,
  };
}

function sourceIntent({ rules, ...intent }: IntentOf<LearnedSource>, learned: Learned): SourceIntent {
  const own = rules.map((rule) => rule.learned);
  const [first] = own;
  const ports = first === undefined ? "" : portText(first.protocol, first.port);
  return {
    ...intent,
    description: titleOf(intent.traffic) ?? `${ports} (flow logs)`,
    comment: evidenceOf(own, learned),
  };
}

/** The total first, then the differences between rules. */
function evidenceOf(rules: readonly LearnedRule[], { interfaces }: Learned): string[] {
  const sum = nothingSeen();
  for (const { seen } of rules) joinSeen(sum, seen);
  return [
    `${counted(sum.flows, "flow")}, ${bytesText(sum.bytes)}, ${spanText(sum)}, from ${whereText(sum, interfaces)}`,
    ...doubtTexts(rules),
  ];
}

function headComment({ group, counts, cannotKnow, ...span }: Learned): string[] {
  return [
    `Traffic from ${group}, ${spanText(span)}, in ${counted(counts.own, "record")} of its flow logs.`,
    'Try it with `strangers: "report"` first, which keeps all other rules of the group.',
    "",
    "Limits of the logs:",
    ...cannotKnow.map((line) => `- ${line}`),
  ];
}

const MOST_UNCLEAR = 10;

function unclearComment({ unclear }: Learned): string[] {
  if (unclear.length === 0) return [];
  const rest = unclear.length - MOST_UNCLEAR;
  return [
    "Not allowed, because the logs do not show who initiated it:",
    ...unclear
      .slice(0, MOST_UNCLEAR)
      .map(
        ({ protocol, port, peer, seen, why }) =>
          `- ${portText(protocol, port)} to ${peer}, ${counted(seen.flows, "flow")}: ${why}`,
      ),
    ...(rest > 0 ? [`- and ${rest} more, which the report lists`] : []),
  ];
}
