import { otherCopyText } from "../../provider/rule/packageCopy";

const copy = (version: string, folder = "/shop/node_modules/pulumi-aws-egress") => ({ version, folder });

test.each([
  ["0.1.0", "0.1.7"],
  ["1.2.0", "1.9.3"],
  ["2.0.0-rc.1", "2.0.0"],
])("%s and %s are compatible", (one, other) => {
  expect(otherCopyText(copy(one), copy(other))).toBeUndefined();
  expect(otherCopyText(copy(other), copy(one))).toBeUndefined();
});

test.each([
  ["0.1.0", "0.2.0"],
  ["0.9.0", "1.0.0"],
  ["1.9.0", "2.0.0"],
])("%s and %s are incompatible: the error names both with their folders, and the remedy", (one, other) => {
  const text = otherCopyText(copy(one, "/team/egress"), copy(other, "/shop/egress"));
  expect(text).toContain(`pulumi-aws-egress ${one} (/team/egress)`);
  expect(text).toContain(`Pulumi finds ${other} (/shop/egress)`);
  expect(text).toContain("use one version in the project");
});
