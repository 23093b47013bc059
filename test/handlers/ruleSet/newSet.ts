import { endpoint } from "../../world";
import type { Handler } from "../handler";
import { makePlace, type Place } from "../place";
import { setsAt } from "./sets";

/** The place of one test, in which there is no set yet. */
export let place: Place;
/** The run of the engine that makes one. */
export let handler: Handler;
/** What is told to the person at the terminal. */
export let said: jest.SpyInstance;

beforeEach(async () => {
  place = await makePlace(endpoint);
  handler = setsAt(endpoint);
  said = jest.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  said.mockRestore();
});
