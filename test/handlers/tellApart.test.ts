import fc from "fast-check";
import { fill } from "../../provider/ec2/joint/fill";
import { inWaves } from "../../provider/ec2/joint/inWaves";
import { type Request, tellApart } from "../../provider/ec2/joint/tellApart";

interface Member {
  readonly number: number;
}

const members = (count: number): Member[] => Array.from({ length: count }, (_, number) => ({ number }));

function refusal(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

/** A request that is refused for the sake of some, without a word about whom. */
function refusing(isBad: (member: Member) => boolean, code = "InvalidParameterValue") {
  const accepted: Member[] = [];
  let calls = 0;
  const request: Request<Member, number> = {
    send: async (some) => {
      calls += 1;
      const [bad] = some.filter(isBad);
      if (bad) throw refusal(code);
      accepted.push(...some);
      return ({ number }) => number;
    },
    tell: async () => undefined,
  };
  return { request, accepted, calls: () => calls };
}

const numbers = (some: readonly Member[]) => some.map(({ number }) => number).sort((a, b) => a - b);

describe("of a request that is refused", () => {
  test("all but the guilty are taken, once each, and everyone gets an outcome", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), async (bad) => {
        const all = members(bad.length);
        const isBad = ({ number }: Member) => bad[number] === true;
        const { request, accepted, calls } = refusing(isBad);
        const outcomes = await tellApart(all, request);
        expect(numbers(accepted)).toEqual(numbers(all.filter((member) => !isBad(member))));
        for (const member of all) {
          const outcome = outcomes.get(member);
          if (isBad(member)) expect(outcome).toHaveProperty("error");
          else expect(outcome).toEqual({ answer: member.number });
        }
        const guilty = all.filter(isBad).length;
        const each = Math.ceil(Math.log2(bad.length)) + 1;
        expect(calls()).toBeLessThanOrEqual(guilty * each + 1);
      }),
    );
  });

  test.each(Array.from({ length: 60 }, (_, guilty) => guilty))(
    "one of sixty, number %d, is found by eight calls",
    async (guilty) => {
      const { request, calls } = refusing(({ number }) => number === guilty);
      await tellApart(members(60), request);
      expect(calls()).toBeLessThanOrEqual(8);
    },
  );

  test.each([
    ["UnauthorizedOperation", 403],
    ["SomethingElse", 403],
    ["RequestLimitExceeded", 503],
    ["InternalError", 500],
    ["ExpiredToken", 400],
    ["InvalidGroup.NotFound", 400],
    ["ECONNREFUSED", 0],
  ])("%s is everyone's, by one call", async (code, status) => {
    let calls = 0;
    const outcomes = await tellApart(members(60), {
      send: async () => {
        calls += 1;
        throw refusal(code, status);
      },
      tell: async () => undefined,
    });
    expect(calls).toBe(1);
    expect([...outcomes.values()].every((outcome) => "error" in outcome)).toBe(true);
  });
});

describe("of a group that is too full", () => {
  test("as many rules are made as fit, however good the guess is", async () => {
    const sizes = fc.record({
      kinds: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
      room: fc.integer({ min: 0, max: 90 }),
      guess: fc.integer({ min: -10, max: 90 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ kinds, room, guess }) => {
        const made: Member[] = [];
        const all = kinds.map(members);
        const outcomes = await tellApart<Member, number>(all.flat(), {
          send: async (some) => {
            if (made.length + some.length > room) throw refusal("RulesPerSecurityGroupLimitExceeded");
            made.push(...some);
            return ({ number }) => number;
          },
          tell: (refused, some, means) => {
            const alike = all.map((kind) => ({
              members: kind.filter((member) => some.includes(member)),
              room: guess,
            }));
            return fill(
              alike.filter((kind) => kind.members.length > 0),
              refused,
              means,
            );
          },
        });
        const count = all.flat().length;
        expect(made).toHaveLength(Math.min(count, room));
        expect(outcomes.size).toBe(count);
        for (const [member, outcome] of outcomes) {
          expect("answer" in outcome).toBe(made.includes(member));
        }
      }),
    );
  });

  test("a rule that is refused for another reason fails alone", async () => {
    const made: Member[] = [];
    const all = members(20);
    const outcomes = await tellApart<Member, number>(all, {
      send: async (some) => {
        if (made.length + some.length > 12) throw refusal("RulesPerSecurityGroupLimitExceeded");
        if (some.some(({ number }) => number === 3)) throw refusal("InvalidParameterValue");
        made.push(...some);
        return ({ number }) => number;
      },
      tell: async (refused, some, means) =>
        refused.error instanceof Error && refused.error.name.startsWith("Rules")
          ? fill([{ members: some, room: 12 }], refused, means)
          : undefined,
    });
    expect(made).toHaveLength(12);
    expect(outcomes.get(all[3] ?? { number: 3 })).toMatchObject({ error: { name: "InvalidParameterValue" } });
    expect(outcomes.size).toBe(20);
  });
});

test("what is named twice goes into requests of its own", async () => {
  const waves: string[][] = [];
  const all = ["a", "b", "a", "c", "a", "b"].map((name) => ({ name }));
  const outcomes = await inWaves(
    all,
    ({ name }) => name,
    async (wave) => {
      waves.push(wave.map(({ name }) => name));
      return new Map(wave.map((member) => [member, { answer: member.name }]));
    },
  );
  expect(waves).toEqual([["a", "b", "c"], ["a", "b"], ["a"]]);
  expect(all.map((member) => outcomes.get(member))).toEqual(all.map(({ name }) => ({ answer: name })));
});
