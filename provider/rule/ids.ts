import { quote, type Report } from "./failure";

const HEX = "[0-9a-f]{8,17}";

interface IdForm {
  readonly pattern: RegExp;
  readonly what: string;
  readonly like: string;
}

const GROUP: IdForm = {
  pattern: new RegExp(`^sg-${HEX}$`),
  what: "the id of a security group (a name does not work)",
  like: "sg-0123456789abcdef0",
};
const PREFIX_LIST: IdForm = {
  pattern: new RegExp(`^pl-${HEX}$`),
  what: "the id of a prefix list (a name does not work)",
  like: "pl-0123456789abcdef0",
};
const RULE: IdForm = {
  pattern: new RegExp(`^sgr-${HEX}$`),
  what: "the id of a security group rule",
  like: "sgr-0123456789abcdef0",
};
const ACCOUNT: IdForm = {
  pattern: /^\d{12}$/,
  what: "an AWS account id (12 digits, as a string)",
  like: "123456789012",
};
const REGION: IdForm = {
  pattern: /^[a-z]{2,6}(-[a-z]+)+-\d{1,2}$/,
  what: "an AWS Region",
  like: "eu-west-1",
};

export const parseGroupId = (value: unknown, report: Report) => parseId(GROUP, value, report);
export const parsePrefixListId = (value: unknown, report: Report) => parseId(PREFIX_LIST, value, report);
export const parseRuleId = (value: unknown, report: Report) => parseId(RULE, value, report);
export const parseAccountId = (value: unknown, report: Report) => parseId(ACCOUNT, value, report);
export const parseRegion = (value: unknown, report: Report) => parseId(REGION, value, report);

function parseId({ pattern, what, like }: IdForm, value: unknown, report: Report): string | undefined {
  if (typeof value === "string" && pattern.test(value)) return value;
  report(`${quote(value)} is not ${what}: use one like "${like}"`);
  return undefined;
}
