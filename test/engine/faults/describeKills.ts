import { type Endpoint, startEndpoint } from "../../ec2/endpoint";
import { CHANGES, type Change, canBe, KINDS, titleOf } from "./changes";
import { type Killed, runKills, type Victim } from "./kills";
import { mended } from "./outcome";
import { expectInPage, table } from "./page";

const VICTIMS: readonly Victim[] = ["provider", "cli"];

/** Kills at every call of every kind of resource, and compares the outcomes with docs/explanation/faults.md. */
export function describeKills(part: string, config: { readonly [key: string]: string } = {}): void {
  let endpoint: Endpoint | undefined;
  const results = new Map<Victim, readonly Killed[]>();
  const isClaimed = config["aws-egress:ownership"] !== "false";
  const isMeant = (change: Change) => canBe(change, isClaimed);

  beforeAll(async () => {
    for (const victim of VICTIMS) {
      endpoint = await startEndpoint();
      results.set(victim, await runKills(endpoint, victim, config, isMeant));
      await endpoint.stop();
    }
  }, 600_000);
  afterAll(async () => endpoint?.stop());

  test.each(VICTIMS)("the %s is killed at any call, and the next `up` converges", (victim) => {
    expectConverged(results.get(victim) ?? [], isClaimed);
  });

  test("the outcomes match docs/explanation/faults.md: `npm run reliability` writes them", () => {
    const rows = KINDS.flatMap((kind) =>
      CHANGES[kind].filter(isMeant).map((change) => {
        const cells = VICTIMS.flatMap((victim) =>
          [true, false].map((before) =>
            cell(results.get(victim), (one) => one.change === change && one.before === before),
          ),
        );
        return [change.action, titleOf(kind, change), ...cells];
      }),
    );
    const head = [
      "call",
      "of",
      ...["provider", "CLI"].flatMap((who) => [`${who}, before the effect`, `${who}, after it`]),
    ];
    expectInPage(part, table(head, rows));
  });
}

/** Kills the CLI before, during and after the creation of rules of every kind. */
export function describeOneKill(): void {
  let endpoint: Endpoint | undefined;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(async () => endpoint?.stop());

  test("the CLI is killed during creates, and the next `up` converges", async () => {
    if (endpoint === undefined) throw new Error("no endpoint");
    const isMeant = ({ action, what }: Change) =>
      action === "AuthorizeSecurityGroupEgress" && what === undefined;
    expectConverged(await runKills(endpoint, "cli", {}, isMeant), true);
  });
}

/** @param isClaimed whether new rules carry claims; without them the next run needs `adopt` */
function expectConverged(killed: readonly Killed[], isClaimed: boolean): void {
  expect(killed.length).toBeGreaterThan(0);
  const problems = killed.flatMap(({ case: { kind, change, before }, adopted, problems }) => {
    const isTold = isClaimed || before || change.action !== "AuthorizeSecurityGroupEgress";
    const asked = adopted && isTold ? ["asked for `adopt: true`"] : [];
    return [...problems, ...asked].map(
      (problem) => `${kind}, ${before ? "before" : "after"} ${change.action}: ${problem}`,
    );
  });
  expect(problems).toEqual([]);
}

function cell(killed: readonly Killed[] = [], isMeant: (one: Killed["case"]) => boolean): string {
  const found = killed.find((one) => isMeant(one.case));
  return found ? mended(found) : "";
}
