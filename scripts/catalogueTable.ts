import * as components from "../components";
import { SERVICES, type Service } from "../components/catalogue";
import type { Port } from "../components/port";

/** Where TypeDoc puts the pages of the classes. */
const CLASSES = "api/classes";

const INTRODUCTION = `# Catalogue

<!-- Made from components/catalogue.ts by \`npm run docs\`: edit that, not this. -->

Every service that you can allow by name: as an intent of a policy, \`allow.kafka(to)\`, and as a component,
\`AllowKafkaOut\`. If a service can be reached in several ways, \`variant\` chooses one. The first variant is the default.

\`\`\`ts
import { AllowKafkaOut, allow } from "pulumi-aws-egress";

allow.kafka("10.0.0.0/16", { variant: "iam" });
new AllowKafkaOut("events", { securityGroup: "sg-0123456789abcdef0", to: ["10.0.0.0/16"], variant: "iam" });
\`\`\`

[Intents](intents.md#components) shows how to allow a service without a component, and lists the intents for AWS services
such as S3.

ICMP and ICMPv6 are shown as type/code. ICMP applies to IPv4 destinations and ICMPv6 to IPv6 ones. Groups, prefix lists
and unknown destinations get both.
`;

/** The page that shows every service of the catalogue. */
export function catalogueTable(): string {
  const rows = Object.entries<Service>(SERVICES).map(([name, service]) => row(name, service));
  const head = ["| service | what | component | variants | note |", "| --- | --- | --- | --- | --- |"];
  return `${[INTRODUCTION, ...head, ...rows].join("\n")}\n`;
}

function row(name: string, { title, variants, note }: Service): string {
  const cells = [
    `\`${name}\``,
    title,
    componentText(name),
    Object.entries(variants)
      .map(([variant, ports]) => `\`${variant}\`: ${ports.map(portText).join(", ")}`)
      .join("<br>"),
    note ?? "",
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The component that allows this service, if there is one: its class names it. */
function componentText(service: string): string {
  const found = Object.entries(components).find(
    ([, value]) => "service" in value && value.service === service,
  );
  if (found === undefined) return "";
  const [component] = found;
  return `[\`${component}\`](${CLASSES}/${component}.md)`;
}

/** In short form: `tcp 443`, `udp 8301–8302`, `icmp 8/0`. */
function portText({ protocol, fromPort, toPort }: Port): string {
  if (protocol === "-1") return "every protocol and port";
  if (fromPort === undefined) return `protocol ${protocol}`;
  if (protocol.startsWith("icmp")) return `${protocol} ${fromPort}/${toPort}`;
  return fromPort === toPort ? `${protocol} ${fromPort}` : `${protocol} ${fromPort}–${toPort}`;
}
