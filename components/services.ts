import { service } from "./service";

/** Allows outbound HTTPS (tcp 443; `variant: "http3"` adds udp 443). */
export class AllowHttpsOut extends service("https", "AllowHttpsOut") {}

/** Allows outbound HTTP (tcp 80). */
export class AllowHttpOut extends service("http", "AllowHttpOut") {}

/**
 * Allows outbound DNS (udp and tcp 53; `variant: "tls"` is DNS over TLS, tcp 853). The Route 53 Resolver needs no rule.
 */
export class AllowDnsOut extends service("dns", "AllowDnsOut") {}

/** Allows outbound NTP (udp 123). The Amazon Time Sync Service needs no rule. */
export class AllowNtpOut extends service("ntp", "AllowNtpOut") {}

/**
 * Allows outbound mail submission (tcp 587), or by `variant`: `smtps` (465), `relay` (25, which EC2 blocks by default),
 * and the ports of Amazon SES, `sesSubmission` (587 and 2587) and `sesSmtps` (465 and 2465).
 */
export class AllowSmtpOut extends service("smtp", "AllowSmtpOut") {}

/** Allows outbound PostgreSQL (tcp 5432). */
export class AllowPostgresOut extends service("postgres", "AllowPostgresOut") {}

/** Allows outbound MySQL (tcp 3306). */
export class AllowMySqlOut extends service("mysql", "AllowMySqlOut") {}

/** Allows outbound Microsoft SQL Server (tcp 1433). */
export class AllowMsSqlOut extends service("mssql", "AllowMsSqlOut") {}

/** Allows outbound Oracle Database (tcp 1521). */
export class AllowOracleOut extends service("oracle", "AllowOracleOut") {}

/** Allows outbound Amazon Redshift (tcp 5439). */
export class AllowRedshiftOut extends service("redshift", "AllowRedshiftOut") {}

/** Allows outbound Redis (tcp 6379). */
export class AllowRedisOut extends service("redis", "AllowRedisOut") {}

/** Allows outbound Memcached (tcp 11211). */
export class AllowMemcachedOut extends service("memcached", "AllowMemcachedOut") {}

/** Allows outbound MongoDB (tcp 27017). */
export class AllowMongoDbOut extends service("mongodb", "AllowMongoDbOut") {}

/** Allows outbound Cassandra (tcp 9042; `variant: "keyspaces"` is 9142). */
export class AllowCassandraOut extends service("cassandra", "AllowCassandraOut") {}

/** Allows outbound Kafka over TLS (tcp 9094), or by `variant`: `plain` (9092), `scram` (9096), `iam` (9098). */
export class AllowKafkaOut extends service("kafka", "AllowKafkaOut") {}

/** Allows outbound AMQP over TLS (tcp 5671; `variant: "plain"` is 5672). */
export class AllowAmqpOut extends service("amqp", "AllowAmqpOut") {}

/** Allows outbound MQTT over TLS (tcp 8883; `variant: "plain"` is 1883). */
export class AllowMqttOut extends service("mqtt", "AllowMqttOut") {}

/** Allows outbound OpenSearch (tcp 443; `variant: "elasticsearch"` is 9200). */
export class AllowOpenSearchOut extends service("opensearch", "AllowOpenSearchOut") {}

/** Allows outbound NFS (tcp 2049), which EFS uses. */
export class AllowNfsOut extends service("nfs", "AllowNfsOut") {}

/** Allows outbound SMB (tcp 445). */
export class AllowSmbOut extends service("smb", "AllowSmbOut") {}

/** Allows outbound LDAP over TLS (tcp 636). */
export class AllowLdapsOut extends service("ldaps", "AllowLdapsOut") {}

/** Allows outbound SSH (tcp 22). */
export class AllowSshOut extends service("ssh", "AllowSshOut") {}

/** Allows outbound RDP (tcp and udp 3389). */
export class AllowRdpOut extends service("rdp", "AllowRdpOut") {}

/** Allows outbound syslog (udp and tcp 514; `variant: "tls"` is tcp 6514). */
export class AllowSyslogOut extends service("syslog", "AllowSyslogOut") {}

/** Allows outbound OpenTelemetry (tcp 4317 and 4318). */
export class AllowOtlpOut extends service("otlp", "AllowOtlpOut") {}

/** Allows outbound Vault (tcp 8200). */
export class AllowVaultOut extends service("vault", "AllowVaultOut") {}

/** Allows outbound traffic to the Kubernetes API (tcp 443; `variant: "selfManaged"` is 6443). */
export class AllowKubernetesApiOut extends service("kubernetesApi", "AllowKubernetesApiOut") {}

/**
 * Allows outbound ping: ICMP echo requests to IPv4 destinations, ICMPv6 echo requests to IPv6 ones. Return traffic needs
 * no rule.
 */
export class AllowPingOut extends service("ping", "AllowPingOut") {}

/** Allows outbound path MTU discovery messages: ICMP 3/4 to IPv4 destinations, ICMPv6 2/0 to IPv6 ones. */
export class AllowPathMtuDiscoveryOut extends service("pathMtuDiscovery", "AllowPathMtuDiscoveryOut") {}

/** Allows outbound IPsec (udp 500 and 4500, ESP and AH). */
export class AllowIpsecOut extends service("ipsec", "AllowIpsecOut") {}

/** Allows outbound WireGuard (udp 51820). */
export class AllowWireGuardOut extends service("wireguard", "AllowWireGuardOut") {}
