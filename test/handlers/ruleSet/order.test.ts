import { strictly } from "../../strictly";
import { endpoint } from "../../world";
import { change, make, type Props } from "../handler";
import { clear, makePlace, type Place, STACK } from "../place";
import { type MishapProxy, startProxy } from "../proxy";
import { lines, set, setsAt, to } from "./sets";

let proxy: MishapProxy;
let place: Place;
/** The rules of the group after each call that EC2 executed. */
let history: (readonly string[])[];

beforeAll(async () => {
  proxy = await startProxy(endpoint.url, async () => {
    history.push(await lines(place));
  });
});
afterAll(async () => {
  await proxy.stop();
});
beforeEach(async () => {
  place = await makePlace(endpoint);
  await clear(place);
  history = [];
});

const by = (...rules: string[]) => rules.map((rule) => `${rule} by ${STACK}`);

async function changed(before: readonly Props[], after: readonly Props[]) {
  const made = await make(setsAt(endpoint), set(place, before));
  history = [];
  return change(setsAt(proxy), made, set(place, after));
}

test("new rules come before old ones go, and unchanged ones are never away", async () => {
  const list = { ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId: place.s3 };
  await changed(
    [to(1, "10.0.0.0/8"), to(443, "10.0.0.0/8")],
    [to(1, "10.0.0.0/8", { description: "stays" }), list],
  );
  expect(history).toEqual([
    by("1 10.0.0.0/8", "443 10.0.0.0/8"),
    by("1 10.0.0.0/8", "443 10.0.0.0/8", `443 ${place.s3}`),
    by('1 10.0.0.0/8 "stays"', "443 10.0.0.0/8", `443 ${place.s3}`),
    by('1 10.0.0.0/8 "stays"', `443 ${place.s3}`),
  ]);
});

strictly("merged and split networks stay open all the time", async () => {
  await changed(
    [to(443, "10.0.0.0/16"), to(443, "10.1.0.0/16"), to(80, "10.0.0.0/8")],
    [to(443, "10.0.0.0/15"), to(80, "10.0.0.0/9"), to(80, "10.128.0.0/9")],
  );
  expect(history).toEqual([
    by("443 10.0.0.0/16", "443 10.1.0.0/16", "80 10.0.0.0/8"),
    by(
      "443 10.0.0.0/15",
      "443 10.0.0.0/16",
      "443 10.1.0.0/16",
      "80 10.0.0.0/8",
      "80 10.0.0.0/9",
      "80 10.128.0.0/9",
    ),
    by("443 10.0.0.0/15", "80 10.0.0.0/9", "80 10.128.0.0/9"),
  ]);
});
