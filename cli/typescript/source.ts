import type { ServiceName } from "../../components/catalogue";
import type { Port } from "../../components/port";
import type { DestinationKind } from "../../provider/rule/destination";
import type { Tags } from "../../provider/rule/tags";
import type { WarningKind } from "../../provider/rule/warnings";

/** A program to be written, as plain data. */
export interface SourceProgram {
  /** What to say at the top, line by line. */
  readonly comment?: readonly string[];
  /** The groups that go by a name of their own, by their ids: a constant, or a key of the configuration. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether the ids of those groups come from the stack's configuration, by the same names. */
  readonly fromConfig?: boolean;
  readonly declarations: readonly SourceDeclaration[];
}

/** What a program declares of one group, by intents or by rules. */
export type SourceDeclaration =
  | (DeclarationOf & { readonly as: "policy"; readonly intents: readonly SourceIntent[] })
  | (DeclarationOf & { readonly as: "components"; readonly intents: readonly SourceIntent[] })
  | (DeclarationOf & { readonly as: "set"; readonly rules: readonly SourceRule[] })
  | (DeclarationOf & { readonly as: "rules"; readonly rules: readonly SourceRule[] });

interface DeclarationOf {
  /** The name of the resource; those of single rules and of components begin with it. */
  readonly name: string;
  /** The id of the group. */
  readonly group: string;
  /** The Region of the group, where it is not to be the stack's. */
  readonly region?: string;
  /** Whether nothing else may leave the group; of policies and sets only. */
  readonly exclusive?: boolean;
  readonly adopt?: boolean;
  /** The tags of all rules, of policies and sets only: an intent of a policy cannot have its own. */
  readonly tags?: Tags;
  /** What to say above it, line by line. */
  readonly comment?: readonly string[];
}

/** One kind of traffic, and where it may go. */
export interface SourceIntent {
  readonly traffic: SourceTraffic;
  readonly to: readonly SourceDestination[];
  /** Why; an empty one says nothing, and is what rules without a description have. */
  readonly description: string;
  /** The tags of its rules, of components only. */
  readonly tags?: Tags;
  readonly silence?: readonly WarningKind[];
  /** What to say above it, line by line. */
  readonly comment?: readonly string[];
}

/** A service of the catalogue, what AWS keeps a prefix list of, or ports. */
export type SourceTraffic =
  | { readonly service: ServiceName; readonly variant: string }
  | { readonly awsService: AwsServiceName }
  | { readonly port: Port };

/** Those that `allow` has an intent for. */
export type AwsServiceName = "s3" | "dynamodb";

/** A rule with canonical ports and destination. */
export interface SourceRule {
  readonly port: Port;
  readonly to: SourceDestination;
  readonly description?: string;
  readonly tags?: Tags;
  readonly silence?: readonly WarningKind[];
  /** What to say above it, line by line. */
  readonly comment?: readonly string[];
}

export interface SourceDestination {
  readonly kind: DestinationKind;
  /** A canonical CIDR, or an id. */
  readonly value: string;
  /** The account of a group, where it is another's. */
  readonly ownerId?: string;
  /** The name of a prefix list, where it is known. */
  readonly listName?: string;
}
