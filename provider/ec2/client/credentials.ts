import {
  createCredentialChain,
  fromIni,
  fromNodeProviderChain,
  fromSSO,
} from "@aws-sdk/credential-providers";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { withoutUndefined } from "../../rule/record";
import type { Settings } from "../settings/settings";
import { assume, type Credentials, type InnerClient } from "./assumeRole";
import { fromWebIdentity } from "./webIdentity";

/**
 * Who calls: the keys, the web identity or the profile that the configuration names, in this order, else whom the SDK
 * finds; and in the end the last of the roles to assume.
 *
 * Each client that is made on the way, of STS or of SSO, goes through the same network.
 */
export function credentialsOf(
  settings: Settings,
  region: string,
  requestHandler: NodeHttpHandler,
): Credentials {
  const { assumeRoles, endpoints, endpointKind, stsRegion = region } = settings;
  const inner = { requestHandler, ...endpointKind };
  const ofSts = { ...inner, region: stsRegion, ...withoutUndefined({ endpoint: endpoints.sts }) };
  return assume(assumeRoles, baseOf(settings, inner, ofSts), ofSts);
}

/**
 * Who assumes the first role.
 *
 * @param inner how clients are made, of no Region: that of SSO is its own
 */
function baseOf(
  { credentials, webIdentity, profile, sharedFiles }: Settings,
  inner: Pick<InnerClient, "requestHandler" | "useFipsEndpoint" | "useDualstackEndpoint">,
  ofSts: InnerClient,
): Credentials {
  if (credentials) return async () => credentials;
  if (webIdentity) return fromWebIdentity(webIdentity, ofSts);
  const found = { clientConfig: inner, ...sharedFiles };
  if (!profile) return fromNodeProviderChain(found);
  // A profile that the configuration names goes before keys in the environment, as it does for `@pulumi/aws`.
  const named = { profile, ...found };
  // Of SSO, `fromIni` looks for profiles in the usual file alone.
  return sharedFiles.configFilepath ? createCredentialChain(fromSSO(named), fromIni(named)) : fromIni(named);
}
