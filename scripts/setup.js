// @ts-check
/**
 * The one set-up that `npm test` and `npm run demo` go through, from a fresh clone with nothing
 * installed. Every step first looks whether its work is already done, so running it again is cheap.
 *
 * Plain JavaScript with Node built-ins only: it runs before the dependencies are there.
 */

// Ahead of the requires, so that an old Node gets this message and not a syntax error from a later file.
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Node 20 or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

const { step, found, finish } = require("./setup/step.js");
const { holdLock } = require("./setup/lock.js");
const { installDependencies, linkPackage } = require("./setup/dependencies.js");
const { compile } = require("./setup/compile.js");
const { providePulumi } = require("./setup/pulumiCli.js");
const { provideEc2Endpoint } = require("./setup/ec2Endpoint.js");

async function setup() {
  await step("node", async () => found(process.versions.node));
  await step("lock", holdLock);
  await step("dependencies", installDependencies);
  await step("package link", linkPackage);
  await step("build", compile);
  await step("pulumi", providePulumi);
  await step("ec2 endpoint", provideEc2Endpoint);
}

finish(setup());
