import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../provider/rule/record";

/** What the mocks and the configuration of a test have given to the program. */
export interface GivenOut {
  /** Notes what a mock answered to the registration of a resource, or to a call. */
  note(answer: Answer): void;
  /** Whether a mock gave this as an id. */
  isId(text: string): boolean;
  /** Whether this is the id of more than one group or prefix list, as where a mock gives all groups one id. */
  isShared(id: string): boolean;
  /** What a text is that is used as a destination and is no CIDR, if the program has it from the test. */
  kindOf(text: string): "referencedSecurityGroupId" | "prefixListId" | undefined;
}

interface Answer {
  /** The type of the resource, or the token of the function. */
  readonly type: string;
  /** Tells this resource, or this call, from others. */
  readonly source: string;
  readonly id: unknown;
  readonly state: unknown;
}

/** Resources and functions whose id is that of a destination: `aws:ec2/getSecurityGroup:getSecurityGroup`. */
const OF_A_DESTINATION = /(SecurityGroup|PrefixList)$/;

export function givenOut(): GivenOut {
  /** Every text that was given, with where it stood. */
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
      // What has a dot or a slash is more likely a host or a CIDR with a mistake in it.
      const isPlain = /^[\w-]+$/.test(text);
      if (!ids.has(text) && !(isPlain && (place !== undefined || isConfigured))) return undefined;
      return /prefix_?list/i.test(place ?? "") ? "prefixListId" : "referencedSecurityGroupId";
    },
  };
}
