import { type Endpoint, startEndpoint } from "../../ec2/endpoint";
import { CHANGES, type Change, canBe, KINDS, type Kind, titleOf } from "./changes";
import { canBefall, type Meant } from "./faultCase";
import { FAULTS } from "./faults";
import { type Result, runMatrix } from "./matrix";
import { disallowed, outcome } from "./outcome";
import { expectInPage, table } from "./page";

interface Column {
  readonly kind: Kind;
  readonly change: Change;
  readonly title: string;
}

const COLUMNS: readonly Column[] = KINDS.flatMap((kind) =>
  CHANGES[kind].map((change) => ({ kind, change, title: titleOf(kind, change) })),
);

/**
 * Runs faults on changes of every kind of resource, and checks each outcome.
 *
 * @param isMeant selects the cases to run, of those that a fault can hit
 * @returns a way to inspect the outcome of a case
 */
export function describeMatrix(config: { readonly [key: string]: string }, isMeant: Meant = () => true) {
  let endpoint: Endpoint | undefined;
  let results: readonly Result[] = [];
  const isClaimed = config["aws-egress:ownership"] !== "false";
  const isTried: Meant = (one) => canBe(one.change, isClaimed) && isMeant(one) && canBefall(one);
  const columns = COLUMNS.filter((column) => FAULTS.some((fault) => isTried({ ...column, fault })));

  beforeAll(async () => {
    endpoint = await startEndpoint();
    results = await runMatrix(endpoint, isTried, config);
  }, 600_000);
  afterAll(async () => endpoint?.stop());

  const resultOf = ({ kind, change }: Column, fault: string) =>
    results.find(
      (one) => one.case.kind === kind && one.case.change === change && one.case.fault.text === fault,
    );

  test.each(columns.map((column) => [column.change.action, column.title, column] as const))(
    "%s of %s: after any fault, EC2 ends with the declared rules",
    (_action, _title, column) => {
      const tried = FAULTS.filter((fault) => isTried({ ...column, fault }));
      const problems = tried.flatMap(({ text }) => {
        const result = resultOf(column, text);
        const found = result ? [...result.problems, ...disallowed(result, isClaimed)] : ["was not tried"];
        return found.map((problem) => `${text}: ${problem}`);
      });
      expect(problems).toEqual([]);
    },
  );

  return resultOf;
}

/** Runs every case, and compares docs/explanation/faults.md with the outcomes. */
export function describePage(part: string, config: { readonly [key: string]: string } = {}): void {
  const resultOf = describeMatrix(config);

  test("the outcomes match docs/explanation/faults.md: `npm run reliability` writes them", () => {
    const actions = [...new Set(COLUMNS.map(({ change }) => change.action))];
    const isClaimed = config["aws-egress:ownership"] !== "false";
    const tables = actions.flatMap((action) => {
      const columns = COLUMNS.filter(({ change }) => change.action === action && canBe(change, isClaimed));
      const rows = FAULTS.map(({ text }) => [text, ...columns.map((column) => cell(resultOf(column, text)))]);
      return [`#### ${action}`, "", ...table(["fault", ...columns.map(({ title }) => title)], rows), ""];
    });
    expectInPage(part, tables.slice(0, -1));
  });
}

function cell(result: Result | undefined): string {
  return result ? outcome(result) : "–";
}
