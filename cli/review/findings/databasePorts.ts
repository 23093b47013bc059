import type { Kind } from "./finding";
import { type NamedPort, opensToPublic } from "./ports";

const PORTS: readonly NamedPort[] = [
  { protocol: "tcp", port: 1433, name: "SQL Server" },
  { protocol: "tcp", port: 1521, name: "Oracle" },
  { protocol: "tcp", port: 3306, name: "MySQL" },
  { protocol: "tcp", port: 5432, name: "PostgreSQL" },
  { protocol: "tcp", port: 5439, name: "Redshift" },
  { protocol: "tcp", port: 6379, name: "Redis" },
  { protocol: "tcp", port: 8111, name: "DAX" },
  { protocol: "tcp", port: 8182, name: "Neptune" },
  { protocol: "tcp", port: 9042, name: "Cassandra" },
  { protocol: "tcp", port: 9142, name: "Keyspaces" },
  { protocol: "tcp", port: 9200, name: "Elasticsearch" },
  { protocol: "tcp", port: 11211, name: "memcached" },
  { protocol: "tcp", port: 27017, name: "MongoDB" },
];

export const databasePorts: Kind = {
  id: "database-ports",
  severity: "high",
  why: "A database at a public address is rarely your own: data or credentials may leak to it.",
  find: (facts) => opensToPublic(facts, PORTS),
};
