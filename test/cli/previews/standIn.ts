import { createHash } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * A resource provider that stores nothing and calls no one: it accepts what a program declares, and returns ids.
 *
 * It stands in for the plugins of `@pulumi/aws` and `@pulumi/aws-native` while previews are recorded. The engine, the
 * CLI and the programs' SDK are real, so their previews look as users see them.
 */
function serve(): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceProviderService, SERVICE);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    // This line tells the engine where the plugin listens.
    process.stdout.write(`${port}\n`);
  });
}

type Properties = Record<string, unknown>;
type Answer<T> = (error: grpc.ServiceError | null, value: T) => void;
interface Call<T> {
  readonly request: T;
}

/** The properties that replace a resource, as in the plugins that this one replaces. */
const REPLACES = [
  "securityGroupId",
  "groupId",
  "vpcId",
  "name",
  "type",
  "protocol",
  "fromPort",
  "toPort",
  "cidrBlocks",
];
/** The resources whose rules alone change in place. */
const IN_PLACE = ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"];

const ID_PREFIXES: [RegExp, string][] = [
  [/:SecurityGroupEgressRule$/, "sgr-"],
  [/:SecurityGroupRule$/, "sgrule-"],
  [/:SecurityGroupEgress$/, "sgr-"],
  [/SecurityGroup$/, "sg-"],
  [/PrefixList$/, "pl-"],
  [/:Vpc$/, "vpc-"],
];

function idOf(urn: string, properties: Properties): string {
  const hex = createHash("sha256")
    .update(urn + JSON.stringify(properties))
    .digest("hex");
  const prefix = ID_PREFIXES.find(([type]) => type.test(typeOf(urn)))?.[1] ?? "id-";
  return `${prefix}${hex.slice(0, 17)}`;
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function outputsOf(urn: string, id: string, inputs: Properties): Properties {
  const { __defaults: _, ...outputs } = inputs;
  if (typeOf(urn) === "aws:ec2/vpc:Vpc") outputs.defaultSecurityGroupId = `sg-${id.slice("vpc-".length)}`;
  if (typeOf(urn) === "aws-native:ec2:SecurityGroup") outputs.groupId = id;
  return { ...outputs, id };
}

const read = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};
const write = (properties: Properties): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));

const SERVICE: grpc.UntypedServiceImplementation = {
  getPluginInfo(_: unknown, answer: grpc.sendUnaryData<unknown>) {
    // The package of plugin messages has no types: the service returns what it receives.
    const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
    const info = new PluginInfo();
    info.setVersion("7.48.0");
    answer(null, info);
  },
  checkConfig({ request }: Call<messages.CheckRequest>, answer: Answer<messages.CheckResponse>) {
    const response = new messages.CheckResponse();
    response.setInputs(request.getNews());
    answer(null, response);
  },
  diffConfig(_: unknown, answer: Answer<messages.DiffResponse>) {
    answer(null, new messages.DiffResponse());
  },
  configure(_: unknown, answer: Answer<messages.ConfigureResponse>) {
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    answer(null, response);
  },
  check({ request }: Call<messages.CheckRequest>, answer: Answer<messages.CheckResponse>) {
    const response = new messages.CheckResponse();
    response.setInputs(write({ __defaults: [], ...read(request.getNews()) }));
    answer(null, response);
  },
  diff({ request }: Call<messages.DiffRequest>, answer: Answer<messages.DiffResponse>) {
    const [olds, news] = [read(request.getOldInputs()), read(request.getNews())];
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    const mayChange = IN_PLACE.includes(typeOf(request.getUrn())) ? ["securityGroupId"] : REPLACES;
    const response = new messages.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(changed);
    response.setReplacesList(changed.filter((key) => mayChange.includes(key)));
    answer(null, response);
  },
  create({ request }: Call<messages.CreateRequest>, answer: Answer<messages.CreateResponse>) {
    const inputs = read(request.getProperties());
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(write(inputs));
    } else {
      const id = idOf(request.getUrn(), inputs);
      response.setId(id);
      response.setProperties(write(outputsOf(request.getUrn(), id, inputs)));
    }
    answer(null, response);
  },
  read({ request }: Call<messages.ReadRequest>, answer: Answer<messages.ReadResponse>) {
    const response = new messages.ReadResponse();
    response.setId(request.getId());
    response.setProperties(write({ ...read(request.getProperties()), id: request.getId() }));
    response.setInputs(request.getInputs() ?? write({}));
    answer(null, response);
  },
  update({ request }: Call<messages.UpdateRequest>, answer: Answer<messages.UpdateResponse>) {
    const response = new messages.UpdateResponse();
    response.setProperties(write(outputsOf(request.getUrn(), request.getId(), read(request.getNews()))));
    answer(null, response);
  },
  delete(_: unknown, answer: Answer<Empty>) {
    answer(null, new Empty());
  },
  cancel(_: unknown, answer: Answer<Empty>) {
    answer(null, new Empty());
  },
};

serve();
