import * as components from "../components";
import { SERVICES, type Service } from "../components/catalogue";
import type { Port } from "../components/port";

/** Where TypeDoc puts the pages of the classes. */
const CLASSES = "api/classes";

const INTRODUCTION = `# The catalogue

<!-- Made from components/catalogue.ts by \`npm run docs\`: edit that, not this. -->

The services that can be allowed by name, with the variants in which they are reached. The first variant is the
default; \`variant\` says another:

\`\`\`ts
import { AllowKafkaOut } from "pulumi-aws-egress";

new AllowKafkaOut("events", { securityGroup: "sg-0123456789abcdef0", to: ["10.0.0.0/16"], variant: "iam" });
\`\`\`

A service without a component of its own is allowed by \`AllowOut\`:

\`\`\`ts
import { AllowOut, SERVICES } from "pulumi-aws-egress";

new AllowOut("etcd", {
  securityGroup: "sg-0123456789abcdef0",
  to: ["10.0.0.0/16"],
  ports: SERVICES.etcd.variants.tcp,
  description: SERVICES.etcd.title,
});
\`\`\`

What AWS services are reached at has components of its own, over HTTPS: \`AllowS3Out\`, \`AllowDynamoDbOut\`,
\`AllowVpcEndpointsOut\`, \`AllowSsmOut\` and \`AllowEcrPullOut\`.

ICMP and ICMPv6 are given as type/code. ICMP goes to IPv4 destinations, ICMPv6 to IPv6 ones, and both to
groups, to prefix lists and to what is not known yet.
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

/** The component that lets this service out, if there is one: its class says so. */
function componentText(service: string): string {
  const found = Object.entries(components).find(
    ([, value]) => "service" in value && value.service === service,
  );
  if (found === undefined) return "";
  const [component] = found;
  return `[\`${component}\`](${CLASSES}/${component}.md)`;
}

/** As people say it: `tcp 443`, `udp 8301–8302`, `icmp 8/0`. */
function portText({ protocol, fromPort, toPort }: Port): string {
  if (protocol === "-1") return "every protocol and port";
  if (fromPort === undefined) return `protocol ${protocol}`;
  if (protocol.startsWith("icmp")) return `${protocol} ${fromPort}/${toPort}`;
  return fromPort === toPort ? `${protocol} ${fromPort}` : `${protocol} ${fromPort}–${toPort}`;
}
