import * as pulumi from "@pulumi/pulumi";

const OF_AWS = /[:$]pulumi:providers:aws::/;
const OF_DYNAMIC_RESOURCES = /[:$]pulumi:providers:pulumi-nodejs::/;

const REMEDY =
  "remove the option, set region on the resource, and configure credentials for the stack (aws:profile, aws:assumeRoles and the like)";

/**
 * Explains how to replace a provider in the options of a dynamic resource.
 *
 * The engine passes the resource to that provider, which does not know it and fails with a cryptic error. This one is
 * logged rather than thrown, because only the provider's URN shows what it is for.
 */
export function refuseProvider(label: string, opts: pulumi.CustomResourceOptions | undefined): void {
  opts?.provider?.urn.apply((urn) => {
    if (OF_DYNAMIC_RESOURCES.test(urn)) return;
    pulumi.log.error(`${label}: the "provider" option does not work with dynamic resources: ${REMEDY}`);
  });
}

/**
 * Warns about an AWS provider in the options of a component: the component's resources ignore it, and the author may
 * mean a different account.
 *
 * A provider inherited from a parent may be meant for the parent's other children.
 */
export function warnOfProviders(
  component: pulumi.ComponentResource,
  opts: pulumi.ComponentResourceOptions | undefined,
): void {
  const { provider, providers } = { ...opts };
  const given = [...(provider ? [provider] : []), ...Object.values(providers ?? {})];
  if (given.length === 0) return;
  // A warning waits for its resource, and a program for its warnings: warn after registration.
  pulumi.all([component.urn, ...given.map(({ urn }) => urn)]).apply(([, ...urns]) => {
    if (!urns.some((urn) => OF_AWS.test(urn))) return;
    pulumi.log.warn(`its rules do not use the AWS provider in the options: ${REMEDY}`, component);
  });
}
