import { lies } from "./lies";

/** A false claim fails the whole run, whatever became of the test when it was run again. */
export default function globalTeardown(): void {
  const told = lies();
  if (told !== null) throw new Error(`a page said what was not so:\n${told}`);
}
