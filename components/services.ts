import { service } from "./service";

/** Lets HTTPS (tcp 443; `variant: "http3"` adds udp 443) out of a group. */
export class AllowHttpsOut extends service("https", "AllowHttpsOut") {}

/** Lets HTTP (tcp 80) out of a group. */
export class AllowHttpOut extends service("http", "AllowHttpOut") {}

/**
 * Lets DNS (udp and tcp 53; `variant: "tls"` is DNS over TLS, tcp 853) out of a group. The Route 53 Resolver needs no
 * rule.
 */
export class AllowDnsOut extends service("dns", "AllowDnsOut") {}

/** Lets NTP (udp 123) out of a group. The Amazon Time Sync Service needs no rule. */
export class AllowNtpOut extends service("ntp", "AllowNtpOut") {}

/**
 * Lets mail out of a group: by submission (tcp 587), unless `variant` says `smtps` (465), `relay` (25, which EC2 blocks
 * by default), or SES's ports, `sesSubmission` (587 and 2587) or `sesSmtps` (465 and 2465).
 */
export class AllowSmtpOut extends service("smtp", "AllowSmtpOut") {}

/** Lets PostgreSQL (tcp 5432) out of a group. */
export class AllowPostgresOut extends service("postgres", "AllowPostgresOut") {}

/** Lets MySQL (tcp 3306) out of a group. */
export class AllowMySqlOut extends service("mysql", "AllowMySqlOut") {}

/** Lets Microsoft SQL Server (tcp 1433) out of a group. */
export class AllowMsSqlOut extends service("mssql", "AllowMsSqlOut") {}

/** Lets Oracle Database (tcp 1521) out of a group. */
export class AllowOracleOut extends service("oracle", "AllowOracleOut") {}

/** Lets Amazon Redshift (tcp 5439) out of a group. */
export class AllowRedshiftOut extends service("redshift", "AllowRedshiftOut") {}

/** Lets Redis (tcp 6379) out of a group. */
export class AllowRedisOut extends service("redis", "AllowRedisOut") {}

/** Lets Memcached (tcp 11211) out of a group. */
export class AllowMemcachedOut extends service("memcached", "AllowMemcachedOut") {}

/** Lets MongoDB (tcp 27017) out of a group. */
export class AllowMongoDbOut extends service("mongodb", "AllowMongoDbOut") {}

/** Lets Cassandra (tcp 9042; `variant: "keyspaces"` is 9142) out of a group. */
export class AllowCassandraOut extends service("cassandra", "AllowCassandraOut") {}

/** Lets Kafka out of a group: over TLS (tcp 9094), or by `variant`: `plain` (9092), `scram` (9096), `iam` (9098). */
export class AllowKafkaOut extends service("kafka", "AllowKafkaOut") {}

/** Lets AMQP over TLS (tcp 5671; `variant: "plain"` is 5672) out of a group. */
export class AllowAmqpOut extends service("amqp", "AllowAmqpOut") {}

/** Lets MQTT over TLS (tcp 8883; `variant: "plain"` is 1883) out of a group. */
export class AllowMqttOut extends service("mqtt", "AllowMqttOut") {}

/** Lets OpenSearch (tcp 443; `variant: "elasticsearch"` is 9200) out of a group. */
export class AllowOpenSearchOut extends service("opensearch", "AllowOpenSearchOut") {}

/** Lets NFS, as for EFS (tcp 2049), out of a group. */
export class AllowNfsOut extends service("nfs", "AllowNfsOut") {}

/** Lets SMB (tcp 445) out of a group. */
export class AllowSmbOut extends service("smb", "AllowSmbOut") {}

/** Lets LDAP over TLS (tcp 636) out of a group. */
export class AllowLdapsOut extends service("ldaps", "AllowLdapsOut") {}

/** Lets SSH (tcp 22) out of a group. */
export class AllowSshOut extends service("ssh", "AllowSshOut") {}

/** Lets RDP (tcp and udp 3389) out of a group. */
export class AllowRdpOut extends service("rdp", "AllowRdpOut") {}

/** Lets syslog (udp and tcp 514; `variant: "tls"` is tcp 6514) out of a group. */
export class AllowSyslogOut extends service("syslog", "AllowSyslogOut") {}

/** Lets OpenTelemetry (tcp 4317 and 4318) out of a group. */
export class AllowOtlpOut extends service("otlp", "AllowOtlpOut") {}

/** Lets Vault (tcp 8200) out of a group. */
export class AllowVaultOut extends service("vault", "AllowVaultOut") {}

/** Lets the Kubernetes API (tcp 443; `variant: "selfManaged"` is 6443) out of a group. */
export class AllowKubernetesApiOut extends service("kubernetesApi", "AllowKubernetesApiOut") {}

/**
 * Lets ping out of a group: ICMP echo requests to IPv4 destinations, ICMPv6 ones to IPv6. The answers need no rule.
 */
export class AllowPingOut extends service("ping", "AllowPingOut") {}

/** Lets what path MTU discovery sends out of a group: ICMP 3/4 to IPv4 destinations, ICMPv6 2/0 to IPv6. */
export class AllowPathMtuDiscoveryOut extends service("pathMtuDiscovery", "AllowPathMtuDiscoveryOut") {}

/** Lets IPsec (udp 500 and 4500, ESP and AH) out of a group. */
export class AllowIpsecOut extends service("ipsec", "AllowIpsecOut") {}

/** Lets WireGuard (udp 51820) out of a group. */
export class AllowWireGuardOut extends service("wireguard", "AllowWireGuardOut") {}
