/** How steps lead on: only forward, so that every run comes to an end. Problems name the step by its place in the list. */

export type FlowStep = {
  readonly id: string;
  /** Null: the next one in the list. */
  readonly next: string | null;
  /** Of a decision, by option; null for other kinds. */
  readonly options: readonly { readonly next: string }[] | null;
  /** Of a check. */
  readonly holdsUntil: string | null;
};

export type FlowProblem = {
  readonly step: number;
  readonly key: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
};

export const END = "end";

export function flowProblems(steps: readonly FlowStep[]): readonly FlowProblem[] {
  const places = new Map<string, number>();
  const problems: FlowProblem[] = [];
  for (const [step, { id }] of steps.entries()) {
    if (places.has(id)) problems.push({ step, key: ["id"], expected: "an id that no other step has", found: id });
    else if (id === END) problems.push({ step, key: ["id"], expected: "an id other than end", found: id });
    else places.set(id, step);
  }
  const ahead = (step: number, to: string, key: FlowProblem["key"], end: boolean) => {
    if (end && to === END) return;
    const place = places.get(to);
    if (place !== undefined && place > step) return;
    const expected = `the id of a step further down${end ? ", or end" : ""}`;
    problems.push({ step, key, expected, found: place === undefined ? to : `${to}, which is not further down` });
  };
  for (const [step, { next, options, holdsUntil }] of steps.entries()) {
    if (next !== null) ahead(step, next, ["next"], true);
    if (holdsUntil !== null) ahead(step, holdsUntil, ["holdsUntil"], false);
    for (const [index, option] of (options ?? []).entries()) ahead(step, option.next, ["options", index, "next"], true);
  }
  return problems.length > 0 ? problems : unreachable(steps, places);
}

function unreachable(steps: readonly FlowStep[], places: ReadonlyMap<string, number>): readonly FlowProblem[] {
  const reached = new Set<number>(steps.length > 0 ? [0] : []);
  for (const [step, { next, options }] of steps.entries()) {
    if (!reached.has(step)) continue;
    const targets = options ? options.map((option) => option.next) : [next];
    for (const to of targets) reached.add(to === null ? step + 1 : (places.get(to) ?? steps.length));
  }
  return steps.flatMap(({ id }, step) =>
    reached.has(step) ? [] : [{ step, key: ["id"], expected: "a step that some other one leads to", found: id }],
  );
}
