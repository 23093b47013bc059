import { quote } from "../rule/failure";
import { isRecord, type UnknownRecord } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";

/** Where canonical inputs hold an argument besides its own name. */
const FOUND_IN: { readonly [argument: string]: readonly string[] } = {
  icmp: ["fromPort", "toPort"],
  prefixListName: ["prefixListId"],
  referencedSecurityGroupId: ["referencedSecurityGroupOwnerId"],
  tags: ["tagsAll"],
};

/** The arguments, with secrets made unknown. */
export function masked(args: UnknownRecord, secrets: readonly string[]): UnknownRecord {
  const parts = new Map<string, unknown>(Object.entries(args));
  for (const name of secrets) {
    const [, list = "", place, part] = /^(rules)\[(\d+)\](?:\.(.+))?$/.exec(name) ?? [];
    const rules = parts.get(list);
    if (place === undefined || !Array.isArray(rules)) parts.set(name, UNKNOWN);
    else
      parts.set(
        list,
        rules.map((rule, at) => (at === Number(place) ? maskedRule(rule, part) : rule)),
      );
  }
  return Object.fromEntries(parts);
}

function maskedRule(rule: unknown, part: string | undefined): unknown {
  return part === undefined || !isRecord(rule) ? UNKNOWN : { ...rule, [part]: UNKNOWN };
}

/** Every text in canonical inputs that could reveal a secret. */
export function secretTexts(props: unknown, secrets: readonly string[]): string[] {
  if (!isRecord(props)) return [];
  const names = new Set(secrets.map((name) => name.replace(/\[.*$/, "")));
  const found = [...names].flatMap((name) => [name, ...(FOUND_IN[name] ?? [])]);
  return found.flatMap((name) => textsIn(props[name])).filter((text) => text !== "");
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    // The full text, and the shortened form in which an error quotes a long one.
    return [
      value,
      JSON.stringify(value).slice(1, -1),
      quote(value).replace(/^"|["…]$/g, ""),
      ...partsOf(value),
    ];
  }
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  // The keys of a set's rules reveal them: `tcp 443 to 10.0.0.0/16`.
  return Object.entries(value).flatMap(([name, part]) => [
    name,
    ...name.split(" to ").slice(1).flatMap(textsIn),
    ...textsIn(part),
  ]);
}

/** A message may name another account's group without its account, too. */
function partsOf(text: string): string[] {
  return /^(\d{12})\/(sg-.+)$/.exec(text)?.slice(1) ?? [];
}

/** Removes these texts from a message, wherever they stand alone. */
export function hushed(message: string, texts: readonly string[]): string {
  if (texts.length === 0) return message;
  const longestFirst = [...new Set(texts)].sort((one, other) => other.length - one.length);
  const any = longestFirst.map((text) => text.replace(/[^\w\s]/g, "\\$&")).join("|");
  return message.replace(new RegExp(`(?<!\\w)(?:${any})(?!\\w)`, "gi"), "[secret]");
}
