import { join } from "node:path";

/** The environment without AWS variables, and without the user's own files; restores it afterwards. */
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
