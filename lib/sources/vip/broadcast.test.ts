import { describe, expect, test } from "vitest";
import { macsHeard, parseArping } from "./broadcast";

const reply = (mac: string, ms = 0.551) => `Unicast reply from 10.0.0.200 [${mac}]  ${ms.toFixed(3)}ms\n`;
const sent = (count: number) => `Sent ${count} probes (${count} broadcast(s))\nReceived 2 response(s)\n`;
const [A, B] = ["A2:97:74:1C:85:0A", "4E:31:D3:84:1F:40"];

describe("what arping prints", () => {
  test.each([
    ["two hosts that answer one question", reply(A) + reply(B) + sent(1), [A.toLowerCase(), B.toLowerCase()]],
    ["one host, which is asked again when nobody else has answered", reply(A) + sent(2), [A.toLowerCase()]],
    ["an answer to a question that the kernel asked meanwhile is no pair", reply(A) + reply(B, 412) + sent(1), []],
    [
      "a busy machine reads both a little late",
      reply(A, 61) + reply(B, 73.4) + sent(1),
      [A.toLowerCase(), B.toLowerCase()],
    ],
    ["a move between two questions is no pair", reply(A) + reply(B) + sent(2), []],
    ["nobody", sent(1), []],
    ["another program of that name", "ARPING 10.0.0.200\n60 bytes from a2:97:74:1c:85:0a", []],
    ["nothing", "", []],
  ])("%s", (_name, output, macs) => expect(parseArping(output)).toEqual(macs));
});

describe("asking aloud", () => {
  test("is done aside, each few seconds, and an old answer is none", async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return ["a", "b"];
    };
    const address = "10.9.9.9";
    expect(macsHeard(address, 1_000, ask)).toEqual([]);
    await Promise.resolve();
    expect(macsHeard(address, 1_500, ask)).toEqual(["a", "b"]);
    expect(asked).toBe(1);
    macsHeard(address, 1_900, ask);
    expect(asked).toBe(1);
    // That two answered is asked again soon.
    macsHeard(address, 2_100, ask);
    expect(asked).toBe(2);
    await Promise.resolve();
    const deaf = () => new Promise<readonly string[]>(() => undefined);
    expect(macsHeard(address, 6_500, deaf)).toEqual(["a", "b"]);
    expect(macsHeard(address, 14_500, deaf)).toEqual([]);
  });
});
