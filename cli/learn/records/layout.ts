import { InputError } from "../../program/inputError";

/** The index of each field in a line; -1 if the log does not have the field. */
export interface Layout {
  readonly fields: number;
  readonly account: number;
  readonly interfaceId: number;
  readonly source: number;
  readonly destination: number;
  readonly packetSource: number;
  readonly packetDestination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
  readonly action: number;
  readonly status: number;
  readonly tcpFlags: number;
  readonly direction: number;
  readonly awsService: number;
}

/** Source: the VPC User Guide, "Flow log records": version 2 in its order. */
const DEFAULT_FIELDS = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
];

const REQUIRED = ["interface-id", "srcport", "dstport", "protocol", "start", "action"];

/** The layout for these field names, in any version. Parquet uses underscores in them. */
export function layoutOf(name: string, given: readonly string[]): Layout {
  const names = given.map((field) => field.replaceAll("_", "-"));
  const at = (field: string) => names.indexOf(field);
  const either = (field: string, other: string) => (at(field) === -1 ? at(other) : at(field));
  const layout = {
    fields: names.length,
    account: at("account-id"),
    interfaceId: at("interface-id"),
    source: either("srcaddr", "pkt-srcaddr"),
    destination: either("dstaddr", "pkt-dstaddr"),
    packetSource: either("pkt-srcaddr", "srcaddr"),
    packetDestination: either("pkt-dstaddr", "dstaddr"),
    sourcePort: at("srcport"),
    destinationPort: at("dstport"),
    protocol: at("protocol"),
    bytes: at("bytes"),
    start: at("start"),
    end: either("end", "start"),
    action: at("action"),
    status: at("log-status"),
    tcpFlags: at("tcp-flags"),
    direction: at("flow-direction"),
    awsService: at("pkt-dst-aws-service"),
  };
  const missing = [
    ...REQUIRED.filter((field) => at(field) === -1),
    ...(layout.source === -1 ? ["srcaddr"] : []),
    ...(layout.destination === -1 ? ["dstaddr"] : []),
  ];
  if (missing.length === 0) return layout;
  throw new InputError(
    `${name} lacks the fields ${missing.join(", ")}, which identify outbound traffic: create a flow log with these fields`,
  );
}

/** The layout according to a first line: a header, or a record in the default format. Undefined if it is neither. */
export function layoutOfLine(name: string, line: string): { layout: Layout; isHeader: boolean } | undefined {
  const fields = line.split(" ");
  if (isHeader(fields)) return { layout: layoutOf(name, fields), isHeader: true };
  // CloudWatch Logs exports add a time at the start of each line.
  const isExported = fields.length === DEFAULT_FIELDS.length + 1 && /^\d{4}-\d\d-\d\dT/.test(fields[0] ?? "");
  const [version, account = ""] = isExported ? fields.slice(1) : fields;
  const isDefault = (isExported || fields.length === DEFAULT_FIELDS.length) && version === "2";
  if (!isDefault || !/^(\d{12}|unknown|-)$/.test(account)) return undefined;
  return {
    layout: layoutOf(name, isExported ? ["timestamp", ...DEFAULT_FIELDS] : DEFAULT_FIELDS),
    isHeader: false,
  };
}

function isHeader(fields: readonly string[]): boolean {
  const isNamed = ["interface-id", "srcaddr", "dstaddr", "pkt-dstaddr"].some((name) => fields.includes(name));
  return isNamed && fields.every((field) => /^[a-z][a-z0-9-]*$/.test(field));
}
