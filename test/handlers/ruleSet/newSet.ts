import { endpoint } from "../../world";
import type { Handler } from "../handler";
import { makePlace, type Place } from "../place";
import { setsAt } from "./sets";

/** The place of one test, which has no set yet. */
export let place: Place;
/** The engine run that creates one. */
export let handler: Handler;
/** The terminal output. */
export let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  handler = setsAt(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  said.mockRestore();
});
