import { quote } from "../../provider/rule/failure";
import { parseGroupId } from "../../provider/rule/ids";
import type { FoundRule } from "../aws/found";
import { readRulesFile } from "../aws/rulesFile";
import { InputError } from "../program/inputError";
import { cannotKnow } from "./cannotKnow";
import { type Holdout, holdoutStart, parseHoldout, splitAt } from "./holdout";
import { type Interfaces, readInterfaces } from "./interfaces";
import { readIpRanges, type ServiceRange } from "./ipRanges";
import type { Learned } from "./learned";
import { type Limits, learnPolicy } from "./policy";
import { readFlowLogs } from "./records/files";
import type { PassedOver } from "./records/flowRecord";
import { rejectedPorts } from "./rejected";
import { settle } from "./settle";
import { takeRecords } from "./takeRecords";
import { emptyTally, type Tally } from "./tally";
import { unclearFlows } from "./unclearFlows";
import { uncoveredBy } from "./uncovered";
import { unusedRules } from "./unused";
import { LISTED_SERVICES } from "./whereTo";
import { counted, someOf } from "./words";

export interface LearnOptions {
  readonly flowLogs: readonly string[];
  readonly interfaces: string;
  readonly group: string;
  readonly ipRanges?: string;
  readonly rules?: string;
  readonly widest: string;
  readonly maxRules: string;
  readonly holdout?: string;
}

/** The largest IPv6 block to propose: AWS gives each subnet one of this size. */
const WIDEST_IPV6 = 64;

/** Derives the rules that a group needs. It checks the small inputs first, because reading the logs takes longest. */
export async function learn(options: LearnOptions): Promise<Learned> {
  const { flowLogs, group, holdout } = options;
  parseGroupId(group, (reason) => {
    throw new InputError(`--group: ${reason}`);
  });
  const limits = {
    rules: parseRules(options.maxRules),
    widest: { ipv4: parseWidest(options.widest), ipv6: WIDEST_IPV6 },
  };
  if (holdout !== undefined) parseHoldout(holdout);
  checkOneStandardInput(options);
  const interfaces = readInterfaces(options.interfaces, group);
  const ranges = options.ipRanges === undefined ? undefined : readIpRanges(options.ipRanges, LISTED_SERVICES);
  const rules = options.rules === undefined ? undefined : rulesOf(options.rules, group);

  const tally = emptyTally();
  const passed = await readFlowLogs(flowLogs, takeRecords(interfaces, tally));
  if (tally.counts.own === 0) throw nothingOfGroup(group, tally, passed);
  const conversations = settle(tally);
  return {
    group,
    interfaces: interfaces.own,
    names: interfaces.names,
    first: tally.first,
    last: tally.last,
    passed,
    counts: tally.counts,
    unclear: unclearFlows(conversations),
    rejected: rejectedPorts(tally.rejected),
    cannotKnow: cannotKnow(group, interfaces, passed, tally.counts),
    ...(rules !== undefined && { unused: unusedRules(rules, tally.requests, conversations, interfaces) }),
    ...learnedFrom(tally, interfaces, ranges, limits, holdout),
  };
}

function rulesOf(file: string, group: string): readonly FoundRule[] {
  const groups = readRulesFile(file);
  const own = groups.find(({ id }) => id === group);
  if (own !== undefined) return own.rules;
  const others =
    groups.length === 0
      ? ""
      : `, only of ${someOf(
          groups.map(({ id }) => id),
          10,
        )}`;
  throw new InputError(
    `--rules: ${file} has no rule of ${group}${others}: create it with \`aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group}\``,
  );
}

function checkOneStandardInput({ flowLogs, interfaces, rules, ipRanges }: LearnOptions): void {
  if ([...flowLogs, interfaces, rules, ipRanges].filter((path) => path === "-").length < 2) return;
  throw new InputError("more than one input is -: only one of them can read standard input");
}

function learnedFrom(
  tally: Tally,
  interfaces: Interfaces,
  ranges: readonly ServiceRange[] | undefined,
  limits: Limits,
  holdout: string | undefined,
): Pick<Learned, "policy"> & { readonly holdout?: Holdout } {
  if (holdout === undefined) return { policy: learnPolicy(tally.requests, interfaces, ranges, limits) };
  const since = holdoutStart(tally, holdout);
  const { before, after } = splitAt(tally.requests, since);
  const policy = learnPolicy(before, interfaces, ranges, limits);
  const cut = learnPolicy(uncoveredBy(policy, after, interfaces, ranges), interfaces, ranges, UNLIMITED);
  const tested = [...tally.requests.values()]
    .flatMap((byPeer) => [...byPeer.values()])
    .filter(({ last }) => last >= since).length;
  return { policy, holdout: { since, tested, cut } };
}

/** For rules that are only reported. */
const UNLIMITED: Limits = { rules: Number.POSITIVE_INFINITY, widest: { ipv4: 32, ipv6: 128 } };

function parseWidest(text: string): number {
  const [, digits] = /^\/?(\d{1,2})$/.exec(text) ?? [];
  const bits = Number(digits);
  if (bits >= 8 && bits <= 32) return bits;
  throw new InputError(`--widest: ${quote(text)} is not a prefix length from /8 to /32`);
}

function parseRules(text: string): number {
  const rules = /^\d+$/.test(text) ? Number(text) : 0;
  if (rules >= 1 && rules <= 1000) return rules;
  throw new InputError(`--max-rules: ${quote(text)} is not a number from 1 to 1000`);
}

function nothingOfGroup(group: string, { counts }: Tally, passed: PassedOver): InputError {
  const { otherGroups, otherAccounts, unlisted, unlistedInterfaces } = counts;
  if (passed.records === 0) return new InputError("--flow-logs: the logs contain no records");
  const what = [
    ...(otherGroups > 0 ? [`${counted(otherGroups, "record")} of other groups' interfaces`] : []),
    ...(unlisted > 0
      ? [
          `${counted(unlisted, "record")} of interfaces that --interfaces does not list (${someOf([...unlistedInterfaces], 3)})`,
        ]
      : []),
    ...(otherAccounts > 0 ? [`${counted(otherAccounts, "record")} of other accounts`] : []),
    ...(passed.noData + passed.skipped > 0
      ? [`${counted(passed.noData + passed.skipped, "record")} without traffic`]
      : []),
    ...(passed.cut > 0 ? [`${counted(passed.cut, "line")} cut or unreadable`] : []),
  ];
  return new InputError(
    `--flow-logs: no record is of an interface of ${group}, only ${what.join(", ")}: specify the logs of its VPC, subnet or interfaces`,
  );
}
