const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * What may be asked of one member while somebody looks, and at most how often, in ms. Nobody looking, nothing is asked.
 * `sizes` is apart from `databases`, because the size of a database is counted file by file.
 */
export const INSPECT_BEAT_MS = {
  activity: 2 * SECOND_MS,
  replication: 5 * SECOND_MS,
  wal: 10 * SECOND_MS,
  databases: 15 * SECOND_MS,
  sizes: 5 * MINUTE_MS,
  tables: MINUTE_MS,
  vacuum: 10 * SECOND_MS,
  statements: 15 * SECOND_MS,
  settings: MINUTE_MS,
} as const;

export type InspectTopic = keyof typeof INSPECT_BEAT_MS;
export const INSPECT_TOPICS = Object.keys(INSPECT_BEAT_MS) as readonly InspectTopic[];
export const isInspectTopic = (value: string): value is InspectTopic => INSPECT_TOPICS.some((topic) => topic === value);

/** Topics that are of one database; without a name they are of the one that we are connected to. */
const OF_A_DATABASE: readonly InspectTopic[] = ["tables", "statements"];
export const isOfADatabase = (topic: InspectTopic): boolean => OF_A_DATABASE.includes(topic);
