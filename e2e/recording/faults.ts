import type { Snapshot } from "@/lib/domain/snapshot";
import type { Cast } from "../matrix/cast";
import type { Fault } from "../matrix/fault";
import { FAULTS } from "../matrix/faults";
import { matcher } from "../matrix/judge";
import type { Moment, Recording } from "./recording";

const faultNamed = (name: string): Fault => {
  const fault = FAULTS.find((one) => one.name === name);
  if (!fault) throw new Error(`no such fault: ${name}`);
  return fault;
};

const hasShown =
  ({ expect }: Fault) =>
  ({ findings }: Snapshot, cast: Cast): boolean =>
    expect.every((wanted) => {
      const fits = matcher(wanted, cast);
      return findings.some(({ id }) => fits(id));
    });

/** A fault of the matrix; without moments of its own, the one in which all that it expects is found. */
export function ofFault(name: string, moments?: readonly Moment[]): Recording {
  const fault = faultNamed(name);
  const { what, showWithinMs: withinMs = 45_000 } = fault;
  return {
    name,
    moments: moments ?? [{ name, what, when: hasShown(fault), withinMs }],
    inject: (stage) => fault.inject(stage),
  };
}
