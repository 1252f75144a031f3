import { clusterScope } from "@/lib/domain/ids";
import { openRecord } from "../history";

/** Writes as hard as it can until it is killed; tells its parent when the store has taken something for a while. */
const [file = ""] = process.argv.slice(2);
const DAY = 86_400_000;
const record = openRecord(`sqlite:${file}`, {
  samples2s: DAY,
  samples10s: DAY,
  samples1m: DAY,
  samples10m: DAY,
  events: DAY,
  pictures: DAY,
});
const scope = clusterScope("demo");
const SAID_AFTER_MS = 3_500;
let first: number | null = null;

setInterval(() => {
  const at = Date.now();
  const lines = Array.from({ length: 500 }, (_, i) => i);
  record.history.samples(
    scope,
    lines.map((i) => ({ metric: "haproxy-sessions", subject: "node1", detail: `pool/${i}`, at, value: i })),
  );
  const body = "x".repeat(2_000);
  for (let i = 0; i < 20; i += 1) {
    record.writer.put(
      record.writer.build
        .insertInto("event")
        .values({
          scope,
          at,
          kind: "role",
          severity: "info",
          subject: "node1",
          body,
          dedupe: `${process.pid}/${at}/${i}`,
        })
        .onConflict((conflict) => conflict.doNothing())
        .compile(),
    );
  }
  const { lastWriteAt } = record.history.status();
  if (lastWriteAt !== null) first ??= at;
  if (first !== null && at - first > SAID_AFTER_MS) process.send?.("writing");
}, 50);
