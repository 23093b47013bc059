import { join } from "node:path";

/** The environment without anything of AWS's, and without the files of whoever runs the tests; gives it back after. */
export function withoutAwsEnvironment(): void {
  const kept = { ...process.env };

  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith("AWS_") && name !== "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED") {
        delete process.env[name];
      }
    }
    process.env.AWS_CONFIG_FILE = join(__dirname, "no such file");
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(__dirname, "no such file");
    process.env.AWS_EC2_METADATA_DISABLED = "true";
  });

  afterEach(() => {
    process.env = { ...kept };
  });
}
