import { readFileSync } from "node:fs";
import Ajv, { type ErrorObject } from "ajv";

/** The schema as published by Microsoft, which edits the standard. */
const schema: unknown = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);
const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore", logger: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(Object(schema));

/** The errors in a SARIF log, according to its schema. */
export function sarifErrors(log: unknown): readonly ErrorObject[] {
  validate(log);
  return validate.errors ?? [];
}
