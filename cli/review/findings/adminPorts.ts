import type { Kind } from "./finding";
import { type NamedPort, opensToPublic } from "./ports";

const PORTS: readonly NamedPort[] = [
  { protocol: "tcp", port: 22, name: "SSH" },
  { protocol: "tcp", port: 3389, name: "RDP" },
  { protocol: "udp", port: 3389, name: "RDP" },
  { protocol: "tcp", port: 5985, name: "WinRM" },
  { protocol: "tcp", port: 5986, name: "WinRM over TLS" },
];

export const adminPorts: Kind = {
  id: "admin-ports",
  severity: "high",
  why: "An administrative session to a public address can leak data and tunnel traffic back in.",
  find: (facts) => opensToPublic(facts, PORTS),
};
