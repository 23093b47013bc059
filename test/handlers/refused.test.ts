import fc from "fast-check";
import { type Request, settle } from "../../provider/ec2/joint/refused";

interface Member {
  readonly number: number;
  readonly kind?: number;
}

const members = (count: number, kind = 0): Member[] =>
  Array.from({ length: count }, (_, number) => ({ number, kind }));

function refusal(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

type Refuse = (some: readonly Member[], accepted: readonly Member[]) => Error | undefined;

/** An EC2 that refuses requests: it accepts all members of one, or none. */
function ec2(refuse: Refuse) {
  const accepted: Member[] = [];
  const sent: (readonly Member[])[] = [];
  const request: Request<Member, number> = {
    send: async (some) => {
      sent.push(some);
      const error = refuse(some, accepted);
      if (error) throw error;
      accepted.push(...some);
      return ({ number }) => number;
    },
    look: async () => new Map(),
    quotaOf: ({ kind }) => String(kind),
  };
  return { request, accepted, sent };
}

/** Refuses because of some members, without naming them. */
const without =
  (isBad: (member: Member) => boolean, code = "InvalidParameterValue"): Refuse =>
  (some) =>
    some.some(isBad) ? refusal(code) : undefined;

const QUOTA = "RulesPerSecurityGroupLimitExceeded";

/** Has room for this many of each kind. */
const withRoom =
  (rooms: readonly number[]): Refuse =>
  (some, accepted) => {
    const count = (kind: number) => [...accepted, ...some].filter((one) => one.kind === kind).length;
    return rooms.some((room, kind) => count(kind) > room) ? refusal(QUOTA) : undefined;
  };

const numbers = (some: readonly Member[]) => some.map(({ number }) => number).sort((a, b) => a - b);

describe("in a refused request", () => {
  test("only the culprits fail, every other member succeeds once, and each has an outcome", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), async (bad) => {
        const all = members(bad.length);
        const isBad = ({ number }: Member) => bad[number] === true;
        const { request, accepted, sent } = ec2(without(isBad));
        const outcomes = await settle(all, request);
        expect(numbers(accepted)).toEqual(numbers(all.filter((member) => !isBad(member))));
        for (const member of all) {
          const outcome = outcomes.get(member);
          if (isBad(member)) expect(outcome).toHaveProperty("error");
          else expect(outcome).toEqual({ answer: member.number });
        }
        const guilty = all.filter(isBad).length;
        const each = Math.ceil(Math.log2(bad.length)) + 1;
        expect(sent.length).toBeLessThanOrEqual(guilty * each + 1);
      }),
    );
  });

  test.each(Array.from({ length: 60 }, (_, guilty) => guilty))(
    "one of sixty, number %d, is found by eight calls",
    async (guilty) => {
      const { request, sent } = ec2(without(({ number }) => number === guilty));
      await settle(members(60), request);
      expect(sent.length).toBeLessThanOrEqual(8);
    },
  );

  test("members that a look-up identifies fail alone, by one more call", async () => {
    const isBad = ({ number }: Member) => number % 7 === 0;
    const { request, sent } = ec2(without(isBad));
    const told = refusal("told by a look");
    const look: typeof request.look = async (_, some) =>
      new Map(some.filter(isBad).map((member) => [member, { error: told }]));
    const outcomes = await settle(members(60), { ...request, look });
    expect(sent.map(({ length }) => length)).toEqual([60, 51]);
    for (const [member, outcome] of outcomes) {
      expect(outcome).toEqual(isBad(member) ? { error: told } : { answer: member.number });
    }
  });

  test.each([
    ["UnauthorizedOperation", 403],
    ["SomethingElse", 403],
    ["RequestLimitExceeded", 503],
    ["InternalError", 500],
    ["ExpiredToken", 400],
    ["InvalidGroup.NotFound", 400],
    ["ECONNREFUSED", 0],
  ])("%s fails every member, by one call", async (code, status) => {
    const { request, sent } = ec2(() => refusal(code, status));
    const outcomes = await settle(members(60), request);
    expect(sent).toHaveLength(1);
    expect(outcomes.size).toBe(60);
    for (const outcome of outcomes.values()) expect(outcome).toMatchObject({ error: { name: code } });
  });
});

describe("for a group that is too full", () => {
  test("as many of each kind as fit are created, by few calls", async () => {
    const kinds = fc.array(fc.record({ count: fc.integer({ min: 1, max: 40 }), room: fc.nat(50) }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        kinds.chain((some) => fc.tuple(fc.constant(some), shuffled(some))),
        async ([some, all]) => {
          const { request, accepted, sent } = ec2(withRoom(some.map(({ room }) => room)));
          const outcomes = await settle(all, request);
          for (const [kind, { count, room }] of some.entries()) {
            expect(accepted.filter((one) => one.kind === kind)).toHaveLength(Math.min(count, room));
          }
          expect(outcomes.size).toBe(all.length);
          for (const [member, outcome] of outcomes) {
            expect("answer" in outcome).toBe(accepted.includes(member));
          }
          expect(sent.length).toBeLessThanOrEqual(some.length * (Math.ceil(Math.log2(all.length)) + 1) + 1);
        },
      ),
    );
  });

  test("a rule that is refused for another reason fails alone", async () => {
    const all = members(20);
    const room = withRoom([12]);
    const bad = without(({ number }) => number === 3);
    const { request, accepted } = ec2((some, before) => room(some, before) ?? bad(some, before));
    const outcomes = await settle(all, request);
    expect(accepted).toHaveLength(12);
    expect(outcomes.get(all[3] ?? { number: 3 })).toMatchObject({ error: { name: "InvalidParameterValue" } });
    expect(outcomes.size).toBe(20);
  });
});

/** The members of these kinds, in any order. */
function shuffled(kinds: readonly { readonly count: number }[]): fc.Arbitrary<Member[]> {
  const all = kinds.flatMap(({ count }, kind) => members(count, kind));
  return fc.shuffledSubarray(all, { minLength: all.length });
}
