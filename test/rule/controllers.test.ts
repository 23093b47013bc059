import { controllerTag } from "../../provider/rule/controllers";

test.each([
  "aws:cloudformation:stack-name",
  "kubernetes.io/cluster/shop",
  "elbv2.k8s.aws/cluster",
  "karpenter.sh/discovery",
])("%s marks a rule as managed by a controller, among other tags", (key) => {
  expect(controllerTag(["Team", key, "Zone"])).toBe(key);
});

test.each([[[]], [["Team", "aws", "AWS:x", "app.kubernetes.io/name", "not/karpenter.sh/discovery"]]])(
  "%j show no controller",
  (keys) => {
    expect(controllerTag(keys)).toBeUndefined();
  },
);
