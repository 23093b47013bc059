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
 * The credentials: the keys, the web identity or the profile that the configuration specifies, in this order, or else
 * the SDK's default; then the last of the roles to assume.
 *
 * Every STS or SSO client on the way uses the same network settings.
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
 * The credentials that assume the first role.
 *
 * @param inner the settings for clients, without a Region: SSO has its own
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
  // A profile in the configuration overrides keys in the environment, as in `@pulumi/aws`.
  const named = { profile, ...found };
  // For SSO, `fromIni` looks for profiles in the default file only.
  return sharedFiles.configFilepath ? createCredentialChain(fromSSO(named), fromIni(named)) : fromIni(named);
}
