import { FINDING_GROUPS, type FindingGroup, SEVERITIES, type Severity } from "@/lib/domain/findings/finding";
import { type FindingTree, findingsIn } from "@/lib/domain/findings/tree";

/** What the page of findings shows, as its address carries it. */

export const VIEWS = ["list", "next-failure"] as const;
export type View = (typeof VIEWS)[number];

export type FindingFilter = {
  readonly view: View;
  readonly severities: readonly Severity[];
  readonly groups: readonly FindingGroup[];
  /** Id of the finding that a link led to; empty: none. */
  readonly finding: string;
};

const among = <T extends string>(known: readonly T[], text: string | null): readonly T[] =>
  known.filter((one) => (text ?? "").split(",").includes(one));

/** Reads an address; what it does not understand does not narrow. */
export const readFilter = (query: Pick<URLSearchParams, "get">): FindingFilter => ({
  view: query.get("view") === "next-failure" ? "next-failure" : "list",
  severities: among(SEVERITIES, query.get("severity")),
  groups: among(FINDING_GROUPS, query.get("group")),
  finding: query.get("finding") ?? "",
});

/** The address of a filter, without the question mark; empty for one that does not narrow. */
export function writeFilter({ view, severities, groups, finding }: FindingFilter): string {
  const query = new URLSearchParams();
  if (view !== "list") query.set("view", view);
  if (severities.length > 0) query.set("severity", severities.join(","));
  if (groups.length > 0) query.set("group", groups.join(","));
  if (finding !== "") query.set("finding", finding);
  return query.toString();
}

export const isNarrow = ({ severities, groups }: FindingFilter): boolean => severities.length + groups.length > 0;

/** A finding is shown whole where it, or anything that follows from it, is of what is asked for. */
export const matches = (tree: FindingTree, { severities, groups }: FindingFilter): boolean =>
  findingsIn(tree).some(
    ({ severity, group }) =>
      (severities.length === 0 || severities.includes(severity)) && (groups.length === 0 || groups.includes(group)),
  );

/** Whether the finding that a link led to is in it. */
export const holds = (tree: FindingTree, id: string): boolean => findingsIn(tree).some((one) => one.id === id);
