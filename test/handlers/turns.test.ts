import { EC2Client } from "@aws-sdk/client-ec2";
import { makeTurns } from "../../provider/ec2/joint/turns";

let client: EC2Client;

beforeEach(() => {
  client = new EC2Client({ region: "us-east-1" });
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

/** A call that ends on command. */
function call() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, send: () => ended };
}

/** Runs everything due, without advancing time. */
const settle = () => jest.advanceTimersByTimeAsync(0);

describe("a request", () => {
  test("waits a few milliseconds at most when nothing is in flight", async () => {
    const { schedule } = makeTurns(client, "revoke");
    const dispatch = jest.fn();
    schedule(dispatch);
    await settle();
    expect(dispatch).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(5);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test.each(["an answer", "a failure"])(
    "waits for the running call to end, however long it takes, by %s",
    async (how) => {
      const { schedule, take } = makeTurns(client, "revoke");
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
    },
  );

  test("does not wait for a call that has ended", async () => {
    const { schedule, take } = makeTurns(client, "revoke");
    await take(async () => {});
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(5);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test("does not wait for the same kind of call in other turns, such as another group's", async () => {
    const { take } = makeTurns(client, "revoke");
    const { schedule } = makeTurns(client, "revoke");
    void take(call().send);
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(5);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });
});

describe("a request that follows another kind of call", () => {
  test("waits for running calls, and for requests that these lead to", async () => {
    const before = makeTurns(client, "look up");
    const { schedule } = makeTurns(client, "revoke", "look up");
    const { end, send } = call();
    void before.take(send);
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(900);
    expect(dispatch).not.toHaveBeenCalled();
    end();
    await jest.advanceTimersByTimeAsync(5);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test("waits for scheduled calls too", async () => {
    const before = makeTurns(client, "look up");
    const { schedule } = makeTurns(client, "revoke", "look up");
    const { end, send } = call();
    before.schedule(() => void before.take(send));
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(900);
    expect(dispatch).not.toHaveBeenCalled();
    end();
    await jest.advanceTimersByTimeAsync(10);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test("waits for consecutive calls too", async () => {
    const before = makeTurns(client, "look up");
    const { schedule } = makeTurns(client, "revoke", "look up");
    const [first, second] = [call(), call()];
    void before.take(first.send);
    const dispatch = jest.fn();
    schedule(dispatch);
    first.end();
    await settle();
    void before.take(second.send);
    await jest.advanceTimersByTimeAsync(900);
    expect(dispatch).not.toHaveBeenCalled();
    second.end();
    await jest.advanceTimersByTimeAsync(10);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test("waits four seconds at most, however many calls follow", async () => {
    const before = makeTurns(client, "look up");
    const { schedule } = makeTurns(client, "revoke", "look up");
    const dispatch = jest.fn();
    const calls = Array.from({ length: 81 }, call);
    void before.take(call().send);
    schedule(dispatch);
    for (const { send, end } of calls) {
      void before.take(send);
      await jest.advanceTimersByTimeAsync(49);
      end();
    }
    expect(dispatch).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(40);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  test("does not wait for another client", async () => {
    void makeTurns(new EC2Client({ region: "eu-west-1" }), "look up").take(call().send);
    const { schedule } = makeTurns(client, "revoke", "look up");
    const dispatch = jest.fn();
    schedule(dispatch);
    await jest.advanceTimersByTimeAsync(5);
    expect(dispatch).toHaveBeenCalledTimes(1);
  });
});
