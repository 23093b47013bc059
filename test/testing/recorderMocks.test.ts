import * as pulumi from "@pulumi/pulumi";
import { AllowHttpsOut, AllowOut, EgressRule, Peer, Port } from "../../index";
import { Group } from "../group";
import { RULE, recording, WEB } from "./recording";

class PrefixList extends pulumi.CustomResource {
  constructor(name: string) {
    super("aws:ec2/managedPrefixList:ManagedPrefixList", name, {});
  }
}

describe("a value made up by a mock is not the program's mistake", () => {
  const ownIds = (id: (name: string, type: string) => string) => ({
    newResource: ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => ({
      id: id(name, type),
      state: inputs,
    }),
  });

  test.each([
    ["web_id", (name: string) => `${name}_id`],
    ["sg-web", (name: string, type: string) => `${type.endsWith("List") ? "pl" : "sg"}-${name}`],
    ["a number", (name: string) => String(name.length)],
    ["with the type", (name: string, type: string) => `${type}::${name}`],
  ])("ids of groups and lists, as arguments and as destinations: %s", async (_, id) => {
    const egress = await recording(ownIds(id));
    const [web, database, office] = [new Group("web"), new Group("database"), new PrefixList("office")];
    new EgressRule("a", {
      ...RULE,
      securityGroupId: web,
      cidrIpv4: undefined,
      referencedSecurityGroupId: database,
    });
    new EgressRule("b", { ...RULE, securityGroupId: web.id, cidrIpv4: undefined, prefixListId: office.id });
    // A component knows what a bare Output leads to only once its value is known, and then by its form.
    new AllowHttpsOut("c", { securityGroup: web, to: [database.id, office.id] });
    const values = (await egress.rules()).map(({ securityGroupId, destination }) => [
      securityGroupId,
      destination.kind,
      destination.value,
    ]);
    const group = "aws:ec2/securityGroup:SecurityGroup";
    const toDatabase = [id("web", group), "securityGroup", id("database", group)];
    const toOffice = [
      id("web", group),
      "prefixList",
      id("office", "aws:ec2/managedPrefixList:ManagedPrefixList"),
    ];
    expect(values.slice(0, 2)).toEqual([toDatabase, toOffice]);
    expect(values.slice(2).sort()).toEqual([toDatabase, toOffice].sort());
    expect(await egress.rules()).toAllow({ protocol: "tcp", port: 443, to: id("database", group) });
  });

  test("ids from the outputs of a resource, from a call, and from the configuration", async () => {
    const egress = await recording(
      {
        newResource: ({ name }) => ({ id: name, state: { name: "endpoint-group" } }),
        call: () => ({ id: "looked-up", prefixListId: "the-list" }),
      },
      { "shop:database": "database-group" },
    );
    const looked: pulumi.Output<{ id: string; prefixListId: string }> = pulumi.runtime.invokeOutput(
      "aws:ec2/getVpcEndpoint:getVpcEndpoint",
      {},
    );
    new AllowHttpsOut("web", {
      securityGroup: new pulumi.Config().require("database"),
      to: [
        new Group("some").name,
        looked.id,
        looked.prefixListId,
        pulumi.output(new pulumi.Config().require("database")),
      ],
    });
    expect((await egress.rules()).map(({ name, destination }) => [name, destination.kind])).toEqual([
      ["web: tcp 443 to database-group", "securityGroup"],
      ["web: tcp 443 to endpoint-group", "securityGroup"],
      ["web: tcp 443 to looked-up", "securityGroup"],
      ["web: tcp 443 to the-list", "prefixList"],
    ]);
  });

  test("one id for all groups does not make their rules the same", async () => {
    const egress = await recording(ownIds(() => "sg-12345678"));
    for (const name of ["web", "app"]) new EgressRule(name, { ...RULE, securityGroupId: new Group(name) });
    expect(await egress.rules()).toHaveLength(2);
  });

  test("an account before the id", async () => {
    const egress = await recording();
    const database = new Group("database");
    new EgressRule("a", {
      ...RULE,
      cidrIpv4: undefined,
      referencedSecurityGroupId: pulumi.interpolate`123456789012/${database.id}`,
    });
    new AllowOut("b", {
      securityGroup: WEB,
      to: Peer.securityGroup(database, { ownerId: "123456789012" }),
      ports: Port.tcp(1),
    });
    expect((await egress.rules()).map(({ destination }) => destination.value)).toEqual([
      "database-id",
      "database-id",
    ]);
  });
});
