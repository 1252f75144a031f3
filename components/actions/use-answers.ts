"use client";
import { useState } from "react";
import type { Answers } from "./confirmation";

type PerPlan = {
  readonly planId: string | null;
  readonly typed: string;
  readonly ticked: ReadonlySet<string>;
  readonly overridden: ReadonlySet<string>;
};

const blank = (planId: string | null): PerPlan => ({ planId, typed: "", ticked: new Set(), overridden: new Set() });

const toggled = (set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> =>
  new Set(on ? [...set, id] : [...set].filter((one) => one !== id));

/** What was typed and ticked. All but the reason belongs to one plan: what was accepted on another state was not accepted on this one. */
export function useAnswers(planId: string | null) {
  const [reason, setReason] = useState("");
  const [held, setHeld] = useState(() => blank(planId));
  const mine = held.planId === planId ? held : blank(planId);
  const answers: Answers = { typed: mine.typed, reason, ticked: mine.ticked, overridden: mine.overridden };
  return {
    answers,
    setReason,
    setTyped: (typed: string) => setHeld({ ...mine, typed }),
    tick: (id: string, on: boolean) => setHeld({ ...mine, ticked: toggled(mine.ticked, id, on) }),
    override: (id: string, on: boolean) => setHeld({ ...mine, overridden: toggled(mine.overridden, id, on) }),
  };
}
