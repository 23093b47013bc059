/** How the keys of tags begin by which controllers find again what they have made. */
const OF_CONTROLLERS = ["aws:", "kubernetes.io/", "elbv2.k8s.aws/", "karpenter.sh/"];

/**
 * The tag by which a controller keeps a rule, if one does: what another revokes of it, it makes again.
 *
 * @param keys those of all tags of the rule
 */
export function controllerTag(keys: Iterable<string>): string | undefined {
  return [...keys].find((key) => OF_CONTROLLERS.some((prefix) => key.startsWith(prefix)));
}
