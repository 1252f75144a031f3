/** Keys of the query cache. One builder, so that a push and a read can never miss each other. */
export const clusterKeys = {
  all: ["cluster"] as const,
  snapshot: (scope: string) => ["cluster", scope, "snapshot"] as const,
  backups: (scope: string, revision: string) => ["cluster", scope, "backups", revision] as const,
  configuration: (scope: string, revision: string) => ["cluster", scope, "configuration", revision] as const,
  source: (scope: string, id: string) => ["cluster", scope, "source", id] as const,
};
