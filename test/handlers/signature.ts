import { createHash, createHmac } from "node:crypto";
import { known } from "../known";
import type { ProxiedCall } from "./proxy";

/** Whose key signed a call, and for which Region and service. */
export function signerOf(call: ProxiedCall | undefined) {
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(call?.headers.authorization ?? "");
  const [, accessKey, region, service] = known(scope ?? undefined);
  return { accessKey, region, service };
}

/** Whether a call carries the signature that only this secret makes. */
export function isSignedWith(secret: string, { body, headers }: ProxiedCall): boolean {
  const text = headers.authorization ?? "";
  const [, date = "", region = "", service = ""] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)/.exec(text) ?? [];
  const [, signed = ""] = /SignedHeaders=([^,]+)/.exec(text) ?? [];
  const hash = (value: string) => createHash("sha256").update(value).digest("hex");
  const lines = signed.split(";").map((name) => `${name}:${headers[name]}\n`);
  const request = ["POST", "/", "", lines.join(""), signed, hash(body)].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hash(request)].join("\n");
  const parts = [date, region, service, "aws4_request"];
  const sign = (key: string | Buffer, part: string) => createHmac("sha256", key).update(part).digest();
  const key = parts.reduce<string | Buffer>(sign, `AWS4${secret}`);
  return text.endsWith(`Signature=${sign(key, toSign).toString("hex")}`);
}
