/** The prefixes of the tag keys by which controllers find their own resources. */
const OF_CONTROLLERS = ["aws:", "kubernetes.io/", "elbv2.k8s.aws/", "karpenter.sh/"];

/**
 * The tag by which a controller manages a rule, if any: the controller creates the rule again if somebody revokes it.
 *
 * @param keys the keys of all tags of the rule
 */
export function controllerTag(keys: Iterable<string>): string | undefined {
  return [...keys].find((key) => OF_CONTROLLERS.some((prefix) => key.startsWith(prefix)));
}
