import { checked } from "../handler";
import { handler, place, refusals } from "./checking";
import { set, to } from "./sets";

describe("rules from state, which the engine passes if their changes are ignored", () => {
  test("are kept, with the weight of their lists", async () => {
    const heavy = { ipProtocol: "-1", prefixListName: "com.amazonaws.global.cloudfront.origin-facing" };
    const olds = await checked(
      handler,
      set(place, [to(443, "10.0.0.0/8", { tags: { Team: "web" } }), heavy]),
    );
    const { __provider: _, ...kept } = olds;
    const { inputs, failures } = await handler.check(olds, {
      ...kept,
      exclusive: true,
      listWeights: undefined,
    });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ ...kept, exclusive: true });
  });

  test("are refused if a person wrote them", async () => {
    expect(await refusals(set(place, [], { rules: { "tcp 443": {} } }))).toEqual([
      expect.stringMatching(/^rules\["tcp 443"\]\.ipProtocol is required/),
      expect.stringMatching(/^rules\["tcp 443"\]\.cidrIpv4 no destination is specified/),
    ]);
  });
});
