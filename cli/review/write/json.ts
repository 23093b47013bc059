import type { Because } from "../../program/model";
import type { GroupReview } from "../groupReview";
import type { Piece } from "../piece";
import type { Review } from "../review";
import { portsOf } from "../traffic";
import { jsonText } from "./jsonText";

/** The review as JSON. Programs read it, so its format, `docs/reference/review.schema.json`, is stable. */
export function json({ verdict, groups, gaps }: Review): string {
  const report = { verdict, groups: groups.map(groupOf), ...(gaps.length > 0 && { gaps }) };
  return jsonText(report);
}

function groupOf({ group, urn, verdict, opens, closes, findings, quota }: GroupReview) {
  return {
    group,
    ...(urn !== undefined && { urn }),
    verdict,
    opens: opens.map(pieceOf),
    closes: closes.map(pieceOf),
    findings: findings.map(({ id, severity, message, why }) => ({
      id,
      severity,
      message: `${message} ${why}`,
    })),
    quota: { ipv4: quota.ipv4, ipv6: quota.ipv6 },
  };
}

function pieceOf(piece: Piece) {
  const { protocol, except, destination, text, because } = piece;
  return {
    protocol,
    ...(except.length > 0 && { except }),
    ...portsOf(piece),
    destination,
    text,
    because: because.map(becauseOf),
  };
}

function becauseOf({ resource, reason, source }: Because) {
  return { resource, ...(reason !== undefined && { reason }), ...(source !== undefined && { source }) };
}
