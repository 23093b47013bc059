import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../provider/rule/record";

/** The values that a test's mocks and configuration have provided to the program. */
export interface GivenOut {
  /** Records a mock's answer to a resource registration or a call. */
  note(answer: Answer): void;
  /** Whether a mock returned this text as an id. */
  isId(text: string): boolean;
  /** Whether more than one group or prefix list has this id, because a mock returns the same id for all. */
  isShared(id: string): boolean;
  /** The kind of a destination that is not a CIDR, if the test provided it. */
  kindOf(text: string): "referencedSecurityGroupId" | "prefixListId" | undefined;
}

interface Answer {
  /** The type of the resource, or the token of the function. */
  readonly type: string;
  /** Identifies the resource or the call. */
  readonly source: string;
  readonly id: unknown;
  readonly state: unknown;
}

/** Resources and functions whose id identifies a destination, such as `aws:ec2/getSecurityGroup:getSecurityGroup`. */
const OF_A_DESTINATION = /(SecurityGroup|PrefixList)$/;

export function givenOut(): GivenOut {
  /** Every text that was provided, with its places. */
  const texts = new Map<string, string>();
  const ids = new Set<string>();
  const sources = new Map<string, Set<string>>();

  const noteTexts = (value: unknown, place: string): void => {
    if (typeof value === "string") texts.set(value, `${texts.get(value) ?? ""} ${place}`);
    else if (Array.isArray(value)) for (const part of value) noteTexts(part, place);
    else if (isRecord(value)) {
      for (const [name, part] of Object.entries(value)) noteTexts(part, `${place}.${name}`);
    }
  };
  return {
    note: ({ type, source, id, state }) => {
      noteTexts(state, type);
      if (typeof id !== "string" || id === "") return;
      noteTexts(id, type);
      ids.add(id);
      if (OF_A_DESTINATION.test(type)) sources.set(id, (sources.get(id) ?? new Set()).add(source));
    },
    isId: (text) => ids.has(text),
    isShared: (id) => (sources.get(id)?.size ?? 0) > 1,
    kindOf: (text) => {
      const place = texts.get(text);
      const isConfigured = Object.values(pulumi.runtime.allConfig() ?? {}).includes(text);
      // A text with a dot or a slash is more likely a host name or a mistyped CIDR.
      const isPlain = /^[\w-]+$/.test(text);
      if (!ids.has(text) && !(isPlain && (place !== undefined || isConfigured))) return undefined;
      return /prefix_?list/i.test(place ?? "") ? "prefixListId" : "referencedSecurityGroupId";
    },
  };
}
