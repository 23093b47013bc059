import { once } from "node:events";
import { createServer } from "node:http";
import { DeleteSecurityGroupCommand } from "@aws-sdk/client-ec2";
import { DESCRIBE, REVOKE } from "../actions";
import { strictly } from "../strictly";
import { endpoint } from "../world";
import { askedSts, MINE, OF_THEIRS, proxy, ruleOn, run, THEIR_ARN, THEIRS, withoutSts } from "./accounts";
import { change, checked, failureOf, make, refresh } from "./handler";
import { clear, makePlace, type Place, revoke } from "./place";
import { many, set } from "./ruleSet/sets";

let place: Place;
let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => said.mockRestore());

const web = (more = {}) => ruleOn(place, more);

/** The error if the other account lacks what state knows from this one. */
function refusal(what: string): string {
  return [
    `${what} (us-east-1): state has it in account ${MINE}, but the current credentials belong to account ${THEIRS}, which does not have it: ${THEIR_ARN}. Nothing was changed.`,
    `Use credentials of account ${MINE}. Check the current credentials: aws:profile, aws:accessKey or aws:assumeRoles in the stack's configuration, or the AWS_* environment variables.`,
    "If that account no longer exists, remove the resource from state with `pulumi state delete`.",
  ].join("\n");
}

describe("with credentials of another account", () => {
  strictly(
    "a rule does not count as gone: read, update and delete fail, name both accounts, and change nothing",
    async () => {
      const made = await make(run().rules, web());
      const held = await place.rules();
      const { rules } = run(OF_THEIRS);
      const refused = refusal(`rule ${made.id} on ${place.group}`);
      expect(await failureOf(refresh(rules, made))).toBe(refused);
      expect(await failureOf(change(rules, made, web({ description: "new" })))).toBe(refused);
      expect(await failureOf(rules.delete(made.id, made.outs))).toBe(refused);
      expect(await place.rules()).toEqual(held);
      expect(askedSts()).toBe(1);
    },
  );

  strictly(
    "a set does not count as gone: read, update and delete fail, name both accounts, and change nothing",
    async () => {
      const made = await make(run().sets, set(place, many(3)));
      const held = await place.rules();
      const { sets } = run(OF_THEIRS);
      const refused = refusal(`group ${place.group}`);
      expect(await failureOf(refresh(sets, made))).toBe(refused);
      expect(await failureOf(change(sets, made, set(place, [])))).toBe(refused);
      expect(await failureOf(change(sets, made, set(place, many(4))))).toBe(refused);
      expect(await failureOf(sets.delete(made.id, made.outs))).toBe(
        refusal(`rule ${Object.values(Object(made.outs.ruleIds))[0]} on ${place.group}`),
      );
      expect(await place.rules()).toEqual(held);
      expect(askedSts()).toBe(1);
    },
  );

  strictly("a set's rules do not count as gone without permission to describe the group", async () => {
    const made = await make(run().sets, set(place, many(3)));
    await endpoint.deny(["DescribeSecurityGroups"]);
    const read = failureOf(refresh(run(OF_THEIRS).sets, made));
    expect(await read.finally(() => endpoint.deny([]))).toBe(refusal(`group ${place.group}`));
  });

  strictly("an exclusive set stays in state if it must restore the default rule", async () => {
    const args = (rules: number) => set(place, many(rules), { exclusive: true, onDestroy: "restoreDefault" });
    const made = await make(run().sets, args(1));
    const shut = await change(run().sets, made, args(0));
    const { sets } = run(OF_THEIRS);
    expect(await failureOf(refresh(sets, shut))).toBe(refusal(`group ${place.group}`));
    expect(await failureOf(sets.delete(shut.id, shut.outs))).toBe(refusal(`group ${place.group}`));
    await run().sets.delete(shut.id, shut.outs);
    expect(await place.rules()).toMatchObject([{ ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }]);
  });

  strictly("a resource from `get` does not count as gone either", async () => {
    const made = await make(run().rules, web());
    const { id, props } = await run().rules.read(made.id, {});
    const ofGroup = await run().sets.read(place.group, {});
    const { rules, sets } = run(OF_THEIRS);
    expect(await failureOf(rules.read(id, props))).toBe(refusal(`rule ${id} on ${place.group}`));
    expect(await failureOf(sets.read(place.group, ofGroup.props))).toBe(refusal(`group ${place.group}`));
  });
});

strictly("an account with the same number in another partition is another account", async () => {
  const made = await make(run().rules, web());
  await revoke(place, made.id);
  const arn = String(made.outs.arn).replace("arn:aws:", "arn:aws-cn:");
  const message = await failureOf(run().rules.read(made.id, { ...made.outs, arn }));
  expect(message).toContain(
    `state has it in account ${MINE} of aws-cn, but the current credentials belong to`,
  );
  expect(message).toContain(`belong to account ${MINE} of aws, which does not have it`);
});

describe("in its own account, what is missing counts as gone,", () => {
  strictly("with one STS call for any number of rules", async () => {
    const maker = run().rules;
    const made = await Promise.all(
      [1, 2, 3].map((port) => make(maker, web({ fromPort: port, toPort: port }))),
    );
    for (const { id } of made) await revoke(place, id);
    const { rules } = run();
    expect(await Promise.all(made.map((one) => refresh(rules, one)))).toEqual(Array(3).fill(undefined));
    await Promise.all(made.map(({ id, outs }) => rules.delete(id, outs)));
    expect(askedSts()).toBe(1);
    expect(said).not.toHaveBeenCalled();
  });

  strictly("without an STS call if the group is visible", async () => {
    const maker = run().rules;
    const [gone, there] = [await make(maker, web()), await make(maker, web({ toPort: 444 }))];
    await revoke(place, gone.id);
    const { rules } = run();
    expect(await refresh(rules, there)).toBeDefined();
    expect(await refresh(rules, gone)).toBeUndefined();
    await rules.delete(gone.id, gone.outs);
    expect(askedSts()).toBe(0);
  });

  strictly("and so does a set whose group is missing", async () => {
    const made = await make(run().sets, set(place, many(3)));
    await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.group }));
    const { sets } = run();
    expect(await refresh(sets, made)).toBeUndefined();
    await sets.delete(made.id, made.outs);
    expect(askedSts()).toBe(1);
  });

  strictly(
    "and a set whose rules are missing, without an STS call, because the group is visible",
    async () => {
      const made = await make(run().sets, set(place, many(3)));
      await clear(place);
      expect((await refresh(run().sets, made))?.outs).toMatchObject({
        rules: {},
        ruleIds: {},
        account: MINE,
      });
      expect(askedSts()).toBe(0);
    },
  );
});

strictly("if everything matches state, nothing calls STS", async () => {
  const { rules, sets } = run();
  const made = await make(rules, web());
  const ofSet = await make(sets, set(place, many(3)));
  const empty = await make(sets, { ...set(place, [], { exclusive: true }), securityGroupId: place.other });
  const later = run();
  for (const [handler, one] of [
    [later.rules, made],
    [later.sets, ofSet],
    [later.sets, empty],
  ] as const) {
    expect(await refresh(handler, one)).toEqual(one);
    const { changes } = await handler.diff(one.id, one.outs, one.inputs);
    expect(changes).toBe(false);
  }
  await checked(later.rules, web());
  await change(later.rules, made, web({ description: "new" }));
  await later.rules.delete(made.id, made.outs);
  await later.sets.delete(ofSet.id, ofSet.outs);
  await later.sets.delete(empty.id, empty.outs);
  expect(proxy.calls.length).toBeGreaterThan(0);
  expect(askedSts()).toBe(0);
});

strictly("a set's state keeps the account of its group, and its inputs do not", async () => {
  const made = await make(run().sets, set(place, many(2)));
  expect(made.outs.account).toBe(MINE);
  const read = await refresh(run().sets, made);
  expect(read?.outs.account).toBe(MINE);
  expect(read?.inputs).not.toHaveProperty("account");
  expect((await change(run().sets, made, set(place, many(1)))).outs.account).toBe(MINE);
});

describe("if STS does not answer", () => {
  const lines = () => said.mock.calls.map(([line]) => String(line));

  strictly("what EC2 does not show counts as deleted, and a line says so", async () => {
    const { rules, sets } = run();
    const made = await make(rules, web());
    const ofSet = await make(sets, { ...set(place, many(2)), securityGroupId: place.other });
    await revoke(place, made.id);
    await place.ec2.send(new DeleteSecurityGroupCommand({ GroupId: place.other }));
    said.mockClear();
    const later = run(await withoutSts());
    expect(await refresh(later.rules, made)).toBeUndefined();
    expect(await refresh(later.sets, ofSet)).toBeUndefined();
    await later.rules.delete(made.id, made.outs);
    const why = /^STS does not say whose the current credentials are \(.*ECONNREFUSED.*?\): /;
    const done = `is treated as deleted, because EC2 does not show it; state has it in account ${MINE}`;
    const [rule, group] = [`rule ${made.id} on ${place.group}`, `group ${place.other}`];
    expect(lines().filter((line) => !why.test(line))).toEqual([]);
    expect(lines().map((line) => line.replace(why, ""))).toEqual(
      [rule, group, rule].map((what) => `${what} ${done}`),
    );
  });

  strictly("a proxy's page does not count as an answer", async () => {
    const made = await make(run().rules, web());
    await revoke(place, made.id);
    const hotel = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Welcome</body></html>");
    });
    await once(hotel.listen(0, "127.0.0.1"), "listening");
    const { port } = Object(hotel.address());
    const endpoints = [{ ec2: proxy.url, sts: `http://127.0.0.1:${port}` }];
    const { rules } = run({ "aws:endpoints": JSON.stringify(endpoints) });
    expect(await refresh(rules, made)).toBeUndefined();
    await new Promise((stopped) => hotel.close(stopped));
    expect(lines()).toEqual([
      expect.stringContaining("UnknownAnswer: the response is not from STS: check the"),
    ]);
  });

  strictly("existing resources need no STS call and no line", async () => {
    const made = await make(run().rules, web());
    const later = run(await withoutSts());
    expect(await refresh(later.rules, made)).toEqual(made);
    await later.rules.delete(made.id, made.outs);
    expect(proxy.calls.slice(-2).map(({ action }) => action)).toEqual([DESCRIBE, REVOKE]);
    expect(said).not.toHaveBeenCalled();
  });
});
