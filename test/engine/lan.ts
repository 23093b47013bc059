/** Any rule, where no test cares. */
export const LAN = { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/16" };
