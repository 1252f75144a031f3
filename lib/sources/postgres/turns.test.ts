import { expect, test } from "vitest";
import { makeTurns } from "./turns";

test("one at a time; urgent callers go before those that wait, each kind in the order they came", async () => {
  const turns = makeTurns();
  const order: string[] = [];
  const enter = async (name: string, urgent: boolean) => {
    const giveBack = await turns.take(urgent);
    order.push(`${name}+`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    order.push(`${name}-`);
    giveBack();
  };
  await Promise.all([enter("a", false), enter("b", false), enter("c", true), enter("d", false), enter("e", true)]);
  expect(order.join(" ")).toBe("a+ a- c+ c- e+ e- b+ b- d+ d-");
  expect(turns.taken()).toBe(false);
});

test("a turn that is given back twice lets only one in", async () => {
  const turns = makeTurns();
  const giveBack = await turns.take(false);
  let inside = 0;
  void turns.take(false).then(() => inside++);
  void turns.take(false).then(() => inside++);
  giveBack();
  giveBack();
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(inside).toBe(1);
});
