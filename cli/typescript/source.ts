import type { ServiceName } from "../../components/catalogue";
import type { Port } from "../../components/port";
import type { DestinationKind } from "../../provider/rule/destination";
import type { Tags } from "../../provider/rule/tags";
import type { WarningKind } from "../../provider/rule/warnings";

/** The content of a generated program, as plain data. */
export interface SourceProgram {
  /** The comment at the top, by line. */
  readonly comment?: readonly string[];
  /** Names for groups, by id. Each becomes a constant or a configuration key. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether the ids of these groups come from the stack's configuration, under the same names. */
  readonly fromConfig?: boolean;
  readonly declarations: readonly SourceDeclaration[];
}

/** What a program declares for one group, by intents or by rules. */
export type SourceDeclaration =
  | (DeclarationOf & { readonly as: "policy"; readonly intents: readonly SourceIntent[] })
  | (DeclarationOf & { readonly as: "components"; readonly intents: readonly SourceIntent[] })
  | (DeclarationOf & { readonly as: "set"; readonly rules: readonly SourceRule[] })
  | (DeclarationOf & { readonly as: "rules"; readonly rules: readonly SourceRule[] });

interface DeclarationOf {
  /** The resource's name. For single rules and components, their names begin with it. */
  readonly name: string;
  /** The id of the group. */
  readonly group: string;
  /** The group's Region, if it differs from the stack's. */
  readonly region?: string;
  /** Whether to revoke all other rules of the group; for policies and sets only. */
  readonly exclusive?: boolean;
  readonly adopt?: boolean;
  /** Tags for all rules; for policies and sets only, because an intent of a policy cannot have its own. */
  readonly tags?: Tags;
  /** The comment above the resource, by line. */
  readonly comment?: readonly string[];
}

/** One kind of traffic, and its destinations. */
export interface SourceIntent {
  readonly traffic: SourceTraffic;
  readonly to: readonly SourceDestination[];
  /** The reason. An empty one stands for rules without a description. */
  readonly description: string;
  /** Tags for the rules; for components only. */
  readonly tags?: Tags;
  readonly silence?: readonly WarningKind[];
  /** The comment above the intent, by line. */
  readonly comment?: readonly string[];
}

/** A service of the catalogue, an AWS service with a prefix list, or ports. */
export type SourceTraffic =
  | { readonly service: ServiceName; readonly variant: string }
  | { readonly awsService: AwsServiceName }
  | { readonly port: Port };

/** The AWS services that `allow` has an intent for. */
export type AwsServiceName = "s3" | "dynamodb";

/** A rule with canonical ports and destination. */
export interface SourceRule {
  readonly port: Port;
  readonly to: SourceDestination;
  readonly description?: string;
  readonly tags?: Tags;
  readonly silence?: readonly WarningKind[];
  /** The comment above the rule, by line. */
  readonly comment?: readonly string[];
}

export interface SourceDestination {
  readonly kind: DestinationKind;
  /** A canonical CIDR, or an id. */
  readonly value: string;
  /** The account of a group, if it is another account. */
  readonly ownerId?: string;
  /** The name of a prefix list, if it is known. */
  readonly listName?: string;
}
