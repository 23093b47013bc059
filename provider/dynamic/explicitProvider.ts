import * as pulumi from "@pulumi/pulumi";

const OF_AWS = /[:$]pulumi:providers:aws::/;
const OF_DYNAMIC_RESOURCES = /[:$]pulumi:providers:pulumi-nodejs::/;

const REMEDY =
  "remove the option, set region on the resource, and configure credentials for the stack (aws:profile, aws:assumeRoles and the like)";

/**
 * Says what to do about a provider in the options of a dynamic resource.
 *
 * The engine hands the resource to that provider, which does not know it, and whose error tells nobody why. This one
 * is logged, and not thrown, as what a provider is of shows in its URN only.
 */
export function refuseProvider(label: string, opts: pulumi.CustomResourceOptions | undefined): void {
  opts?.provider?.urn.apply((urn) => {
    if (OF_DYNAMIC_RESOURCES.test(urn)) return;
    pulumi.log.error(`${label}: the "provider" option does not work with dynamic resources: ${REMEDY}`);
  });
}

/**
 * Warns of an AWS provider in the options of a component: what it makes does not see it, and another account may be
 * meant.
 *
 * One that a component has of its parent may be meant for others there.
 */
export function warnOfProviders(
  component: pulumi.ComponentResource,
  opts: pulumi.ComponentResourceOptions | undefined,
): void {
  const { provider, providers } = { ...opts };
  const given = [...(provider ? [provider] : []), ...Object.values(providers ?? {})];
  if (given.length === 0) return;
  // Once it is registered: a warning waits for its resource, and a program for its warnings.
  pulumi.all([component.urn, ...given.map(({ urn }) => urn)]).apply(([, ...urns]) => {
    if (!urns.some((urn) => OF_AWS.test(urn))) return;
    pulumi.log.warn(`its rules do not use the AWS provider in the options: ${REMEDY}`, component);
  });
}
