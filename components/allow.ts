import type * as pulumi from "@pulumi/pulumi";
import { checkDescribed } from "./allowAllOut";
import { withS3 } from "./awsServices";
import { SERVICES } from "./catalogue";
import { checkDestinations, type Destinations } from "./destination";
import { type Intent, type IntentOptions, serviceIntent, traffic } from "./intent";
import { checkKnown } from "./knownArguments";
import { Peer } from "./peer";

const https = serviceIntent("https");

/**
 * Creates the intents of an `EgressPolicy`: which traffic may leave a group, and where it may go.
 *
 * Each function takes one or more destinations and options: `description`, `silence`, and `variant` for a service with
 * more than one.
 *
 * ```ts
 * [allow.https("10.0.0.0/16"), allow.postgres(database), allow.kafka(brokers, { variant: "iam" }), allow.s3()];
 * ```
 */
export const allow = {
  /** Allows HTTPS. */
  https: https,
  /** Allows HTTP. */
  http: serviceIntent("http"),
  /** Allows DNS. */
  dns: serviceIntent("dns"),
  /** Allows NTP. */
  ntp: serviceIntent("ntp"),
  /** Allows mail submission. */
  smtp: serviceIntent("smtp"),
  /** Allows PostgreSQL. */
  postgres: serviceIntent("postgres"),
  /** Allows MySQL. */
  mysql: serviceIntent("mysql"),
  /** Allows Microsoft SQL Server. */
  mssql: serviceIntent("mssql"),
  /** Allows Oracle Database. */
  oracle: serviceIntent("oracle"),
  /** Allows Amazon Redshift. */
  redshift: serviceIntent("redshift"),
  /** Allows Redis. */
  redis: serviceIntent("redis"),
  /** Allows Memcached. */
  memcached: serviceIntent("memcached"),
  /** Allows MongoDB. */
  mongodb: serviceIntent("mongodb"),
  /** Allows Cassandra. */
  cassandra: serviceIntent("cassandra"),
  /** Allows Amazon Neptune. */
  neptune: serviceIntent("neptune"),
  /** Allows DynamoDB Accelerator. */
  dax: serviceIntent("dax"),
  /** Allows Kafka. */
  kafka: serviceIntent("kafka"),
  /** Allows AMQP. */
  amqp: serviceIntent("amqp"),
  /** Allows MQTT. */
  mqtt: serviceIntent("mqtt"),
  /** Allows STOMP. */
  stomp: serviceIntent("stomp"),
  /** Allows OpenSearch. */
  opensearch: serviceIntent("opensearch"),
  /** Allows NFS. */
  nfs: serviceIntent("nfs"),
  /** Allows SMB. */
  smb: serviceIntent("smb"),
  /** Allows Lustre. */
  lustre: serviceIntent("lustre"),
  /** Allows LDAP. */
  ldap: serviceIntent("ldap"),
  /** Allows LDAPS. */
  ldaps: serviceIntent("ldaps"),
  /** Allows SSH. */
  ssh: serviceIntent("ssh"),
  /** Allows RDP. */
  rdp: serviceIntent("rdp"),
  /** Allows WinRM. */
  winrm: serviceIntent("winrm"),
  /** Allows syslog. */
  syslog: serviceIntent("syslog"),
  /** Allows OpenTelemetry. */
  otlp: serviceIntent("otlp"),
  /** Allows StatsD. */
  statsd: serviceIntent("statsd"),
  /** Allows Splunk HTTP Event Collector. */
  splunk: serviceIntent("splunk"),
  /** Allows ping. */
  ping: serviceIntent("ping"),
  /** Allows path MTU discovery. */
  pathMtuDiscovery: serviceIntent("pathMtuDiscovery"),
  /** Allows IPsec. */
  ipsec: serviceIntent("ipsec"),
  /** Allows OpenVPN. */
  openvpn: serviceIntent("openvpn"),
  /** Allows WireGuard. */
  wireguard: serviceIntent("wireguard"),
  /** Allows Vault. */
  vault: serviceIntent("vault"),
  /** Allows Consul. */
  consul: serviceIntent("consul"),
  /** Allows etcd. */
  etcd: serviceIntent("etcd"),
  /** Allows ZooKeeper. */
  zookeeper: serviceIntent("zookeeper"),
  /** Allows Squid. */
  squid: serviceIntent("squid"),
  /** Allows the Kubernetes API. */
  kubernetesApi: serviceIntent("kubernetesApi"),
  /** Allows kubelet. */
  kubelet: serviceIntent("kubelet"),
  /** Allows HTTPS to Amazon S3 in the group's Region, through the prefix list that AWS manages. */
  s3: (options?: IntentOptions): Intent => https(Peer.awsService("s3"), titled("Amazon S3", options)),
  /** Allows HTTPS to Amazon DynamoDB in the group's Region, through the prefix list that AWS manages. */
  dynamodb: (options?: IntentOptions): Intent =>
    https(Peer.awsService("dynamodb"), titled("Amazon DynamoDB", options)),
  /** Allows HTTPS to interface VPC endpoints: `to` is the security group of the endpoints. */
  vpcEndpoints: (to: Destinations, options?: IntentOptions): Intent =>
    https(to, titled("VPC endpoints", options)),
  /** Allows AWS Systems Manager through its VPC endpoints: `to` is the security group of the endpoints. */
  ssm: (to: Destinations, options?: IntentOptions): Intent =>
    https(to, titled("AWS Systems Manager", options)),
  /** Allows image pulls from Amazon ECR through its VPC endpoints, and their layers from Amazon S3. */
  ecrPull: (to: Destinations, options?: IntentOptions): Intent => {
    checkDestinations("allow.ecrPull", to);
    return https(withS3(to), titled("Amazon ECR", options));
  },
  /** Allows all traffic, on every protocol and port. Requires a description. */
  everything: (to: Destinations, options: { readonly description: pulumi.Input<string> }): Intent => {
    const { description } = { ...options };
    checkKnown("allow.everything", options, ["description"]);
    checkDescribed("allow.everything", description);
    // The required description makes the warning about all traffic unnecessary.
    return { to, ports: SERVICES.everything.variants.all, description, silence: ["anywhere"] };
  },
  /** Allows any traffic: `allow.traffic(Port.tcp(8443), "203.0.113.0/24", { description: "payments" })`. */
  traffic,
} as const;

/** Adds the title as the description if the options have none. */
function titled(title: string, options: IntentOptions | undefined): IntentOptions {
  return { ...options, description: options?.description ?? title };
}
