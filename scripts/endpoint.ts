/**
 * A local EC2 endpoint with groups of rules made by hand, until it is stopped: for trying commands and programs on. It
 * prints what to set in the shell that they run in.
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
