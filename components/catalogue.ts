import { Port } from "./port";

/** A service that components and intents allow by name. */
export interface Service {
  /** The default description of its rules. */
  readonly title: string;
  /** The ports by variant; the first variant is the default. */
  readonly variants: { readonly [variant: string]: readonly Port[] };
  /** What to know before allowing it. */
  readonly note?: string;
}

/** TCP and UDP on one port. */
const both = (port: number): readonly Port[] => [Port.udp(port), Port.tcp(port)];

/**
 * The services that components and intents allow by name.
 *
 * The ports come from IANA's registries of service names and ICMP types, except for kubelet (10250), Lustre (988) and
 * WireGuard (51820), which are the defaults of the software.
 */
export const SERVICES = {
  https: {
    title: "HTTPS",
    variants: { tcp: [Port.tcp(443)], http3: [Port.tcp(443), Port.udp(443)] },
  },
  http: { title: "HTTP", variants: { tcp: [Port.tcp(80)] } },
  dns: {
    title: "DNS",
    variants: { plain: both(53), tls: [Port.tcp(853)] },
    note: "Security groups do not filter DNS to the Route 53 Resolver: no rule is needed for it.",
  },
  ntp: {
    title: "NTP",
    variants: { udp: [Port.udp(123)] },
    note: "Security groups do not filter the Amazon Time Sync Service: no rule is needed for it.",
  },
  smtp: {
    title: "mail submission",
    variants: {
      submission: [Port.tcp(587)],
      smtps: [Port.tcp(465)],
      relay: [Port.tcp(25)],
      sesSubmission: [Port.tcp(587), Port.tcp(2587)],
      sesSmtps: [Port.tcp(465), Port.tcp(2465)],
    },
    note: "EC2 blocks port 25 by default.",
  },
  postgres: { title: "PostgreSQL", variants: { tcp: [Port.tcp(5432)] } },
  mysql: { title: "MySQL", variants: { tcp: [Port.tcp(3306)] } },
  mssql: { title: "Microsoft SQL Server", variants: { tcp: [Port.tcp(1433)] } },
  oracle: { title: "Oracle Database", variants: { tcp: [Port.tcp(1521)] } },
  redshift: { title: "Amazon Redshift", variants: { tcp: [Port.tcp(5439)] } },
  redis: { title: "Redis", variants: { tcp: [Port.tcp(6379)] } },
  memcached: { title: "Memcached", variants: { tcp: [Port.tcp(11211)] } },
  mongodb: { title: "MongoDB", variants: { tcp: [Port.tcp(27017)] } },
  cassandra: {
    title: "Cassandra",
    variants: { native: [Port.tcp(9042)], keyspaces: [Port.tcp(9142)] },
    note: "Amazon Keyspaces listens on 9142.",
  },
  neptune: { title: "Amazon Neptune", variants: { tcp: [Port.tcp(8182)] } },
  dax: { title: "DynamoDB Accelerator", variants: { tls: [Port.tcp(9111)], plain: [Port.tcp(8111)] } },
  kafka: {
    title: "Kafka",
    variants: {
      tls: [Port.tcp(9094)],
      plain: [Port.tcp(9092)],
      scram: [Port.tcp(9096)],
      iam: [Port.tcp(9098)],
    },
  },
  amqp: { title: "AMQP", variants: { tls: [Port.tcp(5671)], plain: [Port.tcp(5672)] } },
  mqtt: { title: "MQTT", variants: { tls: [Port.tcp(8883)], plain: [Port.tcp(1883)] } },
  stomp: { title: "STOMP", variants: { tls: [Port.tcp(61614)] } },
  opensearch: {
    title: "OpenSearch",
    variants: { managed: [Port.tcp(443)], elasticsearch: [Port.tcp(9200)] },
  },
  nfs: { title: "NFS", variants: { tcp: [Port.tcp(2049)] } },
  smb: { title: "SMB", variants: { tcp: [Port.tcp(445)] } },
  lustre: { title: "Lustre", variants: { tcp: [Port.tcp(988), Port.tcpRange(1018, 1023)] } },
  ldap: { title: "LDAP", variants: { plain: both(389) } },
  ldaps: { title: "LDAPS", variants: { tls: [Port.tcp(636)] } },
  ssh: { title: "SSH", variants: { tcp: [Port.tcp(22)] } },
  rdp: { title: "RDP", variants: { both: both(3389) } },
  winrm: { title: "WinRM", variants: { tcp: [Port.tcpRange(5985, 5986)] } },
  syslog: { title: "syslog", variants: { plain: both(514), tls: [Port.tcp(6514)] } },
  otlp: { title: "OpenTelemetry", variants: { tcp: [Port.tcpRange(4317, 4318)] } },
  statsd: { title: "StatsD", variants: { udp: [Port.udp(8125)] } },
  splunk: { title: "Splunk HTTP Event Collector", variants: { tcp: [Port.tcp(8088)] } },
  ping: {
    title: "ping",
    variants: { echo: [Port.icmp("echo-request", 0), Port.icmpv6("echo-request", 0)] },
    note: "The answers need no rule: security groups are stateful.",
  },
  pathMtuDiscovery: {
    title: "path MTU discovery",
    variants: { tooBig: [Port.icmp("destination-unreachable", 4), Port.icmpv6("packet-too-big", 0)] },
  },
  ipsec: {
    title: "IPsec",
    variants: { ike: [Port.udp(500), Port.udp(4500), Port.protocol(50), Port.protocol(51)] },
  },
  openvpn: { title: "OpenVPN", variants: { udp: [Port.udp(1194)] } },
  wireguard: { title: "WireGuard", variants: { udp: [Port.udp(51820)] } },
  vault: { title: "Vault", variants: { tcp: [Port.tcp(8200)] } },
  consul: {
    title: "Consul",
    variants: {
      all: [Port.tcpRange(8300, 8302), Port.udpRange(8301, 8302), Port.tcpRange(8500, 8503), ...both(8600)],
    },
  },
  etcd: { title: "etcd", variants: { tcp: [Port.tcpRange(2379, 2380)] } },
  zookeeper: { title: "ZooKeeper", variants: { tcp: [Port.tcp(2181)] } },
  squid: { title: "Squid", variants: { tcp: [Port.tcp(3128)] } },
  kubernetesApi: {
    title: "the Kubernetes API",
    variants: { https: [Port.tcp(443)], selfManaged: [Port.tcp(6443)] },
  },
  kubelet: { title: "kubelet", variants: { tcp: [Port.tcp(10250)] } },
  everything: {
    title: "everything",
    variants: { all: [Port.all()] },
    note: "Scanners flag it.",
  },
} as const satisfies { readonly [name: string]: Service };

/** The name of a service in the catalogue. */
export type ServiceName = keyof typeof SERVICES;

/** The names of a service's variants. */
export type Variant<Name extends ServiceName> = Extract<keyof (typeof SERVICES)[Name]["variants"], string>;
