/**
 * Runs a local EC2 endpoint with groups of manual rules until it is stopped, to try commands and programs. It prints
 * the variables to set in their shell.
 */
import { startEndpoint } from "../test/ec2/endpoint";
import putToolsOnPath from "../test/globalSetup";
import { makeHandMade } from "./handMade";

async function serve(): Promise<void> {
  putToolsOnPath();
  const endpoint = await startEndpoint();
  const { web, workers, database } = await makeHandMade(endpoint);
  for (const [name, value] of Object.entries({
    ...endpoint.env,
    WEB: web,
    WORKERS: workers,
    DATABASE: database,
  })) {
    console.log(`export ${name}=${value}`);
  }
  console.log("# Running. Paste these lines into another shell; Ctrl-C ends it.");
  const stop = () => void endpoint.stop().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

void serve();
