import { quote } from "../rule/failure";
import { isRecord, type UnknownRecord } from "../rule/record";
import { UNKNOWN } from "../rule/unknown";

/** Where, beside its own name, an argument is found in canonical inputs. */
const FOUND_IN: { readonly [argument: string]: readonly string[] } = {
  icmp: ["fromPort", "toPort"],
  prefixListName: ["prefixListId"],
  referencedSecurityGroupId: ["referencedSecurityGroupOwnerId"],
  tags: ["tagsAll"],
};

/** Arguments in which what is secret is not known yet. */
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

/** Every text by which the secret ones among canonical inputs may be told. */
export function secretTexts(props: unknown, secrets: readonly string[]): string[] {
  if (!isRecord(props)) return [];
  const names = new Set(secrets.map((name) => name.replace(/\[.*$/, "")));
  const found = [...names].flatMap((name) => [name, ...(FOUND_IN[name] ?? [])]);
  return found.flatMap((name) => textsIn(props[name])).filter((text) => text !== "");
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    // As it is, and as an error quotes it: where it is long, the beginning of it.
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
  // The keys of a set's rules say them: `tcp 443 to 10.0.0.0/16`.
  return Object.entries(value).flatMap(([name, part]) => [
    name,
    ...name.split(" to ").slice(1).flatMap(textsIn),
    ...textsIn(part),
  ]);
}

/** A group of another account is told without the account, too. */
function partsOf(text: string): string[] {
  return /^(\d{12})\/(sg-.+)$/.exec(text)?.slice(1) ?? [];
}

/** A message without these texts, where each stands by itself. */
export function hushed(message: string, texts: readonly string[]): string {
  if (texts.length === 0) return message;
  const longestFirst = [...new Set(texts)].sort((one, other) => other.length - one.length);
  const any = longestFirst.map((text) => text.replace(/[^\w\s]/g, "\\$&")).join("|");
  return message.replace(new RegExp(`(?<!\\w)(?:${any})(?!\\w)`, "gi"), "[secret]");
}
