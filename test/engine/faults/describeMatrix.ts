import { type Endpoint, startEndpoint } from "../../ec2/endpoint";
import { CHANGES, type Change, KINDS, type Kind, titleOf } from "./changes";
import { FAULTS } from "./faults";
import { type Result, runMatrix } from "./matrix";
import { outcome } from "./outcome";
import { expectInPage, table } from "./page";

interface Column {
  readonly kind: Kind;
  readonly change: Change;
  readonly title: string;
}

const COLUMNS: readonly Column[] = KINDS.flatMap((kind) =>
  CHANGES[kind].map((change) => ({ kind, change, title: titleOf(kind, change) })),
);

/** Runs every fault on every change of every kind of resource, and holds the outcomes against docs/reliability.md. */
export function describeMatrix(part: string, config: { readonly [key: string]: string } = {}): void {
  let endpoint: Endpoint | undefined;
  let results: readonly Result[] = [];

  beforeAll(async () => {
    endpoint = await startEndpoint();
    results = await runMatrix(endpoint, config);
  }, 600_000);
  afterAll(async () => endpoint?.stop());

  const resultOf = ({ kind, change }: Column, fault: string) =>
    results.find(
      (one) => one.case.kind === kind && one.case.change === change && one.case.fault.text === fault,
    );

  test.each(COLUMNS.map((column) => [column.change.action, column.title, column] as const))(
    "%s of %s: whatever befalls it, EC2 ends with what is declared",
    (_action, _title, column) => {
      const problems = FAULTS.flatMap(({ text }) => {
        const result = resultOf(column, text);
        return (result?.problems ?? ["was not tried"]).map((problem) => `${text}: ${problem}`);
      });
      expect(problems).toEqual([]);
    },
  );

  test("the outcomes are those of docs/reliability.md: `npm run reliability` writes them", () => {
    const actions = [...new Set(COLUMNS.map(({ change }) => change.action))];
    const tables = actions.flatMap((action) => {
      const columns = COLUMNS.filter(({ change }) => change.action === action);
      const rows = FAULTS.map(({ text }) => [text, ...columns.map((column) => cell(resultOf(column, text)))]);
      return [`#### ${action}`, "", ...table(["fault", ...columns.map(({ title }) => title)], rows), ""];
    });
    expectInPage(part, tables.slice(0, -1));
  });
}

function cell(result: Result | undefined): string {
  return result ? outcome(result) : "";
}
