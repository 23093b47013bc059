import { makeTurns } from "../../provider/ec2/joint/turns";

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

/** A call that ends when it is told to. */
function call() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, send: () => ended };
}

/** Runs what is due, without any time going by. */
const settle = () => jest.advanceTimersByTimeAsync(0);

test("what is asked for when nothing is in flight waits a few milliseconds at most", async () => {
  const { schedule } = makeTurns();
  const dispatch = jest.fn();
  schedule(dispatch);
  await settle();
  expect(dispatch).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(5);
  expect(dispatch).toHaveBeenCalledTimes(1);
});

test.each(["an answer", "a failure"])(
  "what is asked for during a call waits for its end, by %s",
  async (how) => {
    const { schedule, take, inFlight } = makeTurns();
    const { end, send } = call();
    const taken = take(async () => {
      await send();
      if (how === "a failure") throw new Error("refused");
    }).catch(() => {});
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(dispatch).not.toHaveBeenCalled();
    end();
    await taken;
    await settle();
    expect(dispatch).toHaveBeenCalledTimes(1);
    expect(inFlight()).toBeUndefined();
  },
);

test("what is asked for waits for no call that began after it", async () => {
  const { schedule, take } = makeTurns();
  const [first, second] = [call(), call()];
  void take(first.send);
  const dispatch = jest.fn();
  schedule(dispatch);
  void take(second.send);
  first.end();
  await settle();
  expect(dispatch).toHaveBeenCalledTimes(1);
  second.end();
  await settle();
});

test("what comes after calls of another kind waits for those in flight, and for who they lead to it", async () => {
  const before = makeTurns();
  const { schedule } = makeTurns(before);
  const { end, send } = call();
  void before.take(send);
  const dispatch = jest.fn();
  schedule(dispatch);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(dispatch).not.toHaveBeenCalled();
  end();
  await jest.advanceTimersByTimeAsync(5);
  expect(dispatch).toHaveBeenCalledTimes(1);
});

test("what comes after calls of another kind waits for the next of them too, where one follows the other", async () => {
  const before = makeTurns();
  const { schedule } = makeTurns(before);
  const [first, second] = [call(), call()];
  void before.take(first.send);
  const dispatch = jest.fn();
  schedule(dispatch);
  first.end();
  await settle();
  void before.take(second.send);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(dispatch).not.toHaveBeenCalled();
  second.end();
  await jest.advanceTimersByTimeAsync(10);
  expect(dispatch).toHaveBeenCalledTimes(1);
});
