import { quote, type Report } from "./failure";

const LONGEST = 255;
const FOREIGN = /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/u;

/**
 * A description that EC2 accepts: at most 255 characters of `a-zA-Z0-9`, space and `._-:/()#,@[]+=&;{}!$*`, with `&`
 * only if the destination is a CIDR. An empty description counts as none, and so does one of only spaces, because EC2
 * stores it as empty.
 *
 * Source: the constraints on Description in AuthorizeSecurityGroupEgress; hashicorp/terraform-provider-aws#2831.
 */
export function parseDescription(value: unknown, toCidr: boolean, report: Report): string | undefined {
  if (typeof value !== "string") {
    report(`${quote(value)} is not a string`);
    return undefined;
  }
  if (value.length > LONGEST) {
    report(`${quote(value)} has ${value.length} characters: EC2 takes at most ${LONGEST}`);
  }
  const foreign = FOREIGN.exec(value);
  if (foreign) {
    report(
      `${quote(value)} contains ${quote(foreign[0])}: EC2 takes a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* only`,
    );
  }
  if (!toCidr && value.includes("&")) {
    report(`${quote(value)} contains "&", which EC2 takes for CIDR destinations only: write "and"`);
  }
  return isBlank(value) ? undefined : value;
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}
