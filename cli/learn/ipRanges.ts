import { isRecord, type UnknownRecord } from "../../provider/rule/record";
import { readJson, recordsIn, textIn } from "../aws/awsJson";
import { InputError } from "../program/inputError";
import { type Network, networkOf } from "./network";

/** The addresses of an AWS service in one Region. */
export interface ServiceRange {
  readonly service: string;
  readonly region: string;
  readonly network: Network;
}

const EXPECTED = "expected what AWS publishes at https://ip-ranges.amazonaws.com/ip-ranges.json";

/** Reads https://ip-ranges.amazonaws.com/ip-ranges.json, but only the services that have a prefix list. */
export function readIpRanges(file: string, services: readonly string[]): readonly ServiceRange[] {
  const { name, value } = readJson(file, EXPECTED);
  if (!isRecord(value) || !Array.isArray(value.prefixes)) {
    throw new InputError(`${name} has no prefixes: ${EXPECTED}`);
  }
  const rangesOf = (list: string, prefix: string) =>
    recordsIn(value, list).flatMap((record) => rangeOf(record, prefix, services));
  return [...rangesOf("prefixes", "ip_prefix"), ...rangesOf("ipv6_prefixes", "ipv6_prefix")];
}

function rangeOf(record: UnknownRecord, prefix: string, services: readonly string[]): ServiceRange[] {
  const service = textIn(record, "service");
  const region = textIn(record, "region");
  const network = networkOf(textIn(record, prefix) ?? "");
  if (service === undefined || region === undefined || network === undefined) return [];
  return services.includes(service) ? [{ service, region, network }] : [];
}
