import * as pulumi from "@pulumi/pulumi";

/** A group that the program itself creates, so that its id is unknown at preview. */
export class LaterGroup extends pulumi.dynamic.Resource {
  declare readonly groupId: pulumi.Output<string>;
  constructor(name: string, groupId: string) {
    const create = async ({ of }: { of: string }) => ({ id: of, outs: { of, groupId: of } });
    super({ create }, name, { of: groupId, groupId: undefined });
  }
}
