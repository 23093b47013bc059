import { endpoint } from "../world";
import { clear, makePlace, type Place } from "./place";

/** The place of this test file, whose group has no rule when a test begins. */
export let place: Place;

beforeAll(async () => {
  place = await makePlace(endpoint);
});

beforeEach(() => clear(place));
