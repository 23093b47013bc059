import type * as pulumi from "@pulumi/pulumi";
import { checkReason } from "./allowAllOut";
import { SERVICES } from "./catalogue";
import type { Destination } from "./destinationEntries";
import { checkDestinations } from "./destinationEntries";
import { type Intent, type IntentOptions, serviceIntent } from "./intent";
import { checkKnown } from "./knownArguments";
import { Peer } from "./peer";

/** Lets HTTPS out. */
export const https = serviceIntent("https");

/** Lets HTTP out. */
export const http = serviceIntent("http");

/** Lets DNS out. */
export const dns = serviceIntent("dns");

/** Lets NTP out. */
export const ntp = serviceIntent("ntp");

/** Lets mail submission out. */
export const smtp = serviceIntent("smtp");

/** Lets PostgreSQL out. */
export const postgres = serviceIntent("postgres");

/** Lets MySQL out. */
export const mysql = serviceIntent("mysql");

/** Lets Microsoft SQL Server out. */
export const mssql = serviceIntent("mssql");

/** Lets Oracle Database out. */
export const oracle = serviceIntent("oracle");

/** Lets Amazon Redshift out. */
export const redshift = serviceIntent("redshift");

/** Lets Redis out. */
export const redis = serviceIntent("redis");

/** Lets Memcached out. */
export const memcached = serviceIntent("memcached");

/** Lets MongoDB out. */
export const mongodb = serviceIntent("mongodb");

/** Lets Cassandra out. */
export const cassandra = serviceIntent("cassandra");

/** Lets Amazon Neptune out. */
export const neptune = serviceIntent("neptune");

/** Lets DynamoDB Accelerator out. */
export const dax = serviceIntent("dax");

/** Lets Kafka out. */
export const kafka = serviceIntent("kafka");

/** Lets AMQP out. */
export const amqp = serviceIntent("amqp");

/** Lets MQTT out. */
export const mqtt = serviceIntent("mqtt");

/** Lets STOMP out. */
export const stomp = serviceIntent("stomp");

/** Lets OpenSearch out. */
export const opensearch = serviceIntent("opensearch");

/** Lets NFS out. */
export const nfs = serviceIntent("nfs");

/** Lets SMB out. */
export const smb = serviceIntent("smb");

/** Lets Lustre out. */
export const lustre = serviceIntent("lustre");

/** Lets LDAP out. */
export const ldap = serviceIntent("ldap");

/** Lets LDAPS out. */
export const ldaps = serviceIntent("ldaps");

/** Lets SSH out. */
export const ssh = serviceIntent("ssh");

/** Lets RDP out. */
export const rdp = serviceIntent("rdp");

/** Lets WinRM out. */
export const winrm = serviceIntent("winrm");

/** Lets syslog out. */
export const syslog = serviceIntent("syslog");

/** Lets OpenTelemetry out. */
export const otlp = serviceIntent("otlp");

/** Lets StatsD out. */
export const statsd = serviceIntent("statsd");

/** Lets Splunk HTTP Event Collector out. */
export const splunk = serviceIntent("splunk");

/** Lets ping out. */
export const ping = serviceIntent("ping");

/** Lets path MTU discovery out. */
export const pathMtuDiscovery = serviceIntent("pathMtuDiscovery");

/** Lets IPsec out. */
export const ipsec = serviceIntent("ipsec");

/** Lets OpenVPN out. */
export const openvpn = serviceIntent("openvpn");

/** Lets WireGuard out. */
export const wireguard = serviceIntent("wireguard");

/** Lets Vault out. */
export const vault = serviceIntent("vault");

/** Lets Consul out. */
export const consul = serviceIntent("consul");

/** Lets etcd out. */
export const etcd = serviceIntent("etcd");

/** Lets ZooKeeper out. */
export const zookeeper = serviceIntent("zookeeper");

/** Lets Squid out. */
export const squid = serviceIntent("squid");

/** Lets the Kubernetes API out. */
export const kubernetesApi = serviceIntent("kubernetesApi");

/** Lets kubelet out. */
export const kubelet = serviceIntent("kubelet");

/** Lets HTTPS out to Amazon S3 in the group's Region, by the prefix list that AWS keeps. */
export function s3(options?: IntentOptions): Intent {
  return https(Peer.awsService("s3"), titled("Amazon S3", options));
}

/** Lets HTTPS out to Amazon DynamoDB in the group's Region, by the prefix list that AWS keeps. */
export function dynamodb(options?: IntentOptions): Intent {
  return https(Peer.awsService("dynamodb"), titled("Amazon DynamoDB", options));
}

/** Lets HTTPS out to interface VPC endpoints: `to` is the group of the endpoints. */
export function vpcEndpoints(to: Destination | readonly Destination[], options?: IntentOptions): Intent {
  return https(to, titled("VPC endpoints", options));
}

/** Lets a group reach AWS Systems Manager by its VPC endpoints: `to` is the group of the endpoints. */
export function ssm(to: Destination | readonly Destination[], options?: IntentOptions): Intent {
  return https(to, titled("AWS Systems Manager", options));
}

/** Lets a group pull images from Amazon ECR by its VPC endpoints, and their layers from Amazon S3. */
export function ecrPull(to: Destination | readonly Destination[], options?: IntentOptions): Intent {
  const endpoints: readonly Destination[] = isSeveral(to) ? to : [to];
  // Before there is S3 among them.
  checkDestinations("ecrPull", endpoints);
  return https([...endpoints, Peer.awsService("s3")], titled("Amazon ECR", options));
}

/** Lets everything out on every protocol and port, for a reason that the rule's description will say. */
export function everything(
  to: Destination | readonly Destination[],
  options: { readonly reason: pulumi.Input<string> },
): Intent {
  const { reason } = { ...options };
  checkKnown("everything", options, ["reason"]);
  checkReason("everything", reason);
  // The reason is the answer to the warning that every port is open.
  return { to, ports: SERVICES.everything.variants.all, description: reason, silence: ["anywhere"] };
}

function isSeveral(to: Destination | readonly Destination[]): to is readonly Destination[] {
  return Array.isArray(to);
}

/** The options with a title for description where they say none. */
function titled(title: string, options: IntentOptions | undefined): IntentOptions {
  return { ...options, description: options?.description ?? title };
}
