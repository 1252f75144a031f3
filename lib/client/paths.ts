/** Addresses of our own pages; nobody puts one together by hand. */
export const clusterPath = (scope: string): string => `/clusters/${encodeURIComponent(scope)}`;
/** The pages of one cluster, in the order of their tabs. */
export const CLUSTER_PAGES = [
  "overview",
  "findings",
  "replication",
  "routing",
  "backups",
  "activity",
  "history",
  "operations",
  "runbooks",
  "configuration",
] as const;
export type ClusterPageName = (typeof CLUSTER_PAGES)[number];
/** A page of a cluster; `query` without the question mark. */
export const clusterPagePath = (scope: string, page: ClusterPageName, query = ""): string =>
  `${clusterPath(scope)}${page === "overview" ? "" : `/${page}`}${query === "" ? "" : `?${query}`}`;
/** The overview as it was at a past moment, in ISO 8601. */
export const pastPath = (scope: string, at: string): string =>
  clusterPagePath(scope, "overview", `at=${encodeURIComponent(at)}`);
/** The report on a window of a cluster's past, in ISO 8601. */
export const incidentPath = (scope: string, from: string, to: string): string =>
  `${clusterPath(scope)}/history/incident?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
/** One operation of a cluster. */
export const operationPath = (scope: string, id: string): string =>
  `${clusterPagePath(scope, "operations")}/${encodeURIComponent(id)}`;
/** One runbook as it reads for a cluster; `about`: the member that it is opened for. */
export const runbookPath = (scope: string, id: string, about: string | null = null): string =>
  `${clusterPagePath(scope, "runbooks")}/${encodeURIComponent(id)}${about === null ? "" : `?about=${encodeURIComponent(about)}`}`;
/** One run of a runbook on a cluster. */
export const runPath = (scope: string, id: string): string => `${clusterPath(scope)}/runs/${encodeURIComponent(id)}`;
/** One finding of a cluster, opened. */
export const findingPath = (scope: string, id: string): string =>
  clusterPagePath(scope, "findings", `finding=${encodeURIComponent(id)}`);
/** What the next single failure would do to a cluster. */
export const nextFailurePath = (scope: string): string => clusterPagePath(scope, "findings", "view=next-failure");
/** Alerts, silences and deliveries; of all clusters, or of one. */
export const alertsPath = (scope: string | null = null): string =>
  `/alerts${scope === null ? "" : `?scope=${encodeURIComponent(scope)}`}`;
/** What was done: the audit log of all clusters, for admins. */
export const auditPath = (query = ""): string => `/audit${query === "" ? "" : `?${query}`}`;
/** Displays on walls, for admins. */
export const wallsPath = (): string => "/walls";
/** What a display shows: of one cluster, or of all. */
export const wallPath = (scope: string | null = null): string =>
  `/wall${scope === null ? "" : `/${encodeURIComponent(scope)}`}`;
/** A member's row on its cluster's page. */
export const memberPath = (scope: string, member: string): string => `${clusterPath(scope)}#${memberAnchor(member)}`;
export const memberAnchor = (member: string): string => `member-${encodeURIComponent(member)}`;
export const signInPath = (returnTo: string): string =>
  returnTo === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`;
