/** What a rule opens, where it matters to no test. */
export const LAN = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" };
