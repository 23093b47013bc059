import { check, REGION, WEB } from "./checking";
import { withoutAwsEnvironment } from "./environment";
import type { Props, StackConfig } from "./handler";

describe("the Region", () => {
  withoutAwsEnvironment();

  const regionOf = async (args: Props, config: StackConfig) =>
    (await check({ ...WEB, ...args }, config)).inputs.region;

  test("is the resource's own if specified", async () => {
    expect(await regionOf({ region: "eu-west-1" }, REGION)).toBe("eu-west-1");
  });

  test("is otherwise the stack's, whatever the environment specifies", async () => {
    process.env.AWS_REGION = "eu-west-2";
    expect(await regionOf({}, REGION)).toBe("us-east-1");
  });

  test("is otherwise AWS_REGION, then AWS_DEFAULT_REGION", async () => {
    process.env.AWS_DEFAULT_REGION = "eu-west-3";
    expect(await regionOf({}, {})).toBe("eu-west-3");
    process.env.AWS_REGION = "eu-west-2";
    expect(await regionOf({}, {})).toBe("eu-west-2");
  });

  test("is never an empty variable", async () => {
    process.env.AWS_REGION = "";
    process.env.AWS_DEFAULT_REGION = "eu-west-3";
    expect(await regionOf({}, { "aws:region": "" })).toBe("eu-west-3");
  });

  test("is required if nothing specifies it", async () => {
    const { failures } = await check(WEB, {});
    expect(failures).toEqual([
      {
        property: "region",
        reason: "is not set: set aws:region in the stack's configuration, or AWS_REGION",
      },
    ]);
  });
});
