import type { LearnOptions } from "../../../cli/learn/learn";
import { learnIn, rulesOf } from "./found";
import { FULL_FORMAT, type LogRecord } from "./logs/format";
import { folderWith, textOf } from "./logs/logs";
import { ACCOUNT, WEB } from "./logs/network";

const OWN = "10.0.1.11";
/** When records begin, by default. */
export const SINCE = 1_795_000_000;

type Flow = Partial<LogRecord> & { readonly ports: readonly [number, number] };

/** Traffic from the first interface, by default over TCP, without flags. */
export function out(destination: string, { ports: [sourcePort, destinationPort], ...more }: Flow): LogRecord {
  return { ...COMMON, source: OWN, destination, sourcePort, destinationPort, isEgress: true, ...more };
}

/** Incoming traffic. */
export function back(source: string, { ports: [sourcePort, destinationPort], ...more }: Flow): LogRecord {
  return { ...COMMON, source, destination: OWN, sourcePort, destinationPort, isEgress: false, ...more };
}

const COMMON = { account: ACCOUNT, interfaceId: WEB[0].id, protocol: 6, start: SINCE };
export const UDP = { protocol: 17 };

interface With extends Partial<LearnOptions> {
  readonly format?: readonly string[];
  readonly files?: { readonly [name: string]: string };
}

/** What `learn` makes of records. */
export async function learned(
  records: readonly LogRecord[],
  { format = FULL_FORMAT, files, ...options }: With = {},
) {
  const { path, remove } = folderWith({ "logs.txt": textOf(records, format), ...files });
  try {
    const paths = options.ipRanges === undefined ? {} : { ipRanges: path(options.ipRanges) };
    const found = await learnIn(path, { ...options, ...paths });
    return {
      rules: rulesOf(found),
      unclear: found.unclear.map(({ peer, port, why }) => `${port} ${peer}: ${why}`),
      found,
    };
  } finally {
    remove();
  }
}
