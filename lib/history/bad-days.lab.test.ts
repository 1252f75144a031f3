import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureStoreHost, newStoreDatabase, storeService } from "@/lab/index";
import type { SeriesAnswer } from "@/lib/contract/series";
import { clusterScope } from "@/lib/domain/ids";
import { type OpenRecord, openRecord } from "./history";
import { setMeta } from "./samples/statements";
import type { StoreStatus } from "./types";

/** Real disks that are full, real servers that are gone, and a real `kill -9`: what the record makes of them. */

const SCOPE = clusterScope("demo");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RETENTION = {
  samples2s: HOUR,
  samples10s: DAY,
  samples1m: 30 * DAY,
  samples10m: 365 * DAY,
  events: 365 * DAY,
  pictures: 30 * DAY,
};

async function until(record: OpenRecord, what: string, met: (status: StoreStatus) => boolean, deadlineMs = 20_000) {
  for (const end = Date.now() + deadlineMs; !met(record.history.status()); ) {
    if (Date.now() > end)
      throw new Error(`${what}: not within ${deadlineMs} ms, ${JSON.stringify(record.history.status())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Samples of now, as collectors hand them over: `lines` lines each. */
function observe(record: OpenRecord, lines = 5): void {
  const at = Date.now();
  record.history.samples(
    SCOPE,
    Array.from({ length: lines }, (_, i) => ({
      metric: "haproxy-sessions" as const,
      subject: "node1",
      detail: `pool/${i}`,
      at,
      value: i,
    })),
  );
}

async function seriesFrom(record: OpenRecord, from: number): Promise<SeriesAnswer> {
  const asked = { metric: "haproxy-sessions", subjects: null, from, to: Date.now(), points: 300 } as const;
  const answer = await record.history.series(SCOPE, asked);
  if (!answer.ok) throw new Error(answer.failure.text);
  return answer.value;
}

/** Middle of the newest step in which something was observed; the dawn of time where nothing was. */
const newestOf = ({ lines }: SeriesAnswer): number =>
  lines[0]?.points.filter(({ mean }) => mean !== null).at(-1)?.at ?? 0;

/** Something to write at once; samples wait until their two seconds are over. */
function poke({ store, writer }: OpenRecord): void {
  writer.put(setMeta(store.kind, "poked", String(Date.now())));
}

const integrity = (file: string) => {
  const database = new Database(file);
  try {
    return database.pragma("integrity_check", { simple: true });
  } finally {
    database.close();
  }
};

describe("SQLite on a disk that is full", () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), "full-disk-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  });
  afterEach(() => {
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test("says so, keeps the event loop free, and goes on when there is room again, with nothing damaged", async () => {
    const record = openRecord(`sqlite:${join(disk, "store.db")}`, RETENTION);
    let lateMs = 0;
    let beat = performance.now();
    const pulse = setInterval(() => {
      lateMs = Math.max(lateMs, performance.now() - beat - 20);
      beat = performance.now();
    }, 20);
    try {
      poke(record);
      await until(record, "written", ({ lastWriteAt }) => lastWriteAt !== null);
      const hog = join(disk, "hog");
      try {
        writeFileSync(hog, Buffer.alloc(4 * 1024 * 1024));
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
      }
      const filler = setInterval(() => observe(record, 2_000), 200);
      await until(record, "failing", ({ state }) => state === "failing");
      clearInterval(filler);
      const status = record.history.status();
      expect(status.failure?.kind).toBe("full");
      expect(status.waiting).toBeGreaterThan(0);
      expect(status.dropped).toBe(0);

      rmSync(hog);
      execFileSync("mount", ["-o", "remount,size=64m", disk]);
      await until(record, "written again", ({ state, waiting }) => state === "ok" && waiting === 0);
      expect(lateMs).toBeLessThan(500);
    } finally {
      clearInterval(pulse);
      await record.history.close(2_000);
    }
    expect(integrity(join(disk, "store.db"))).toBe("ok");
  });

  test("full from the start, it opens by itself once there is room", async () => {
    try {
      writeFileSync(join(disk, "hog"), Buffer.alloc(4 * 1024 * 1024));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
    }
    const record = openRecord(`sqlite:${join(disk, "store.db")}`, RETENTION);
    try {
      poke(record);
      await until(record, "failing", ({ failure }) => failure !== null);
      expect(record.history.status().lastWriteAt).toBeNull();
      expect((await record.history.answers()).ok).toBe(false);
      rmSync(join(disk, "hog"));
      await until(record, "written", ({ state, lastWriteAt }) => state === "ok" && lastWriteAt !== null);
      expect((await record.history.answers()).ok).toBe(true);
    } finally {
      await record.history.close(2_000);
    }
  });
});

describe("PostgreSQL killed and started again", () => {
  test("what was observed meanwhile waits in memory and is written late, none of it lost", async () => {
    await ensureStoreHost();
    const record = openRecord(await newStoreDatabase("record_killed"), RETENTION);
    try {
      poke(record);
      await until(record, "written", ({ lastWriteAt }) => lastWriteAt !== null);
      await storeService("kill");
      const began = Date.now();
      observe(record);
      poke(record);
      await until(record, "failing", ({ state }) => state === "failing");
      expect(record.history.status().failure?.kind).toBe("unavailable");
      await storeService("start");
      await until(record, "written again", ({ state, waiting }) => state === "ok" && waiting === 0);
      while (newestOf(await seriesFrom(record, began - 10_000)) < began - 2_000) {
        if (Date.now() > began + 30_000) throw new Error("what was observed while it was gone is not in the record");
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(record.history.status().dropped).toBe(0);
    } finally {
      await storeService("start");
      await record.history.close(2_000);
    }
  });
});

describe("a process that is killed while it writes", () => {
  let folder: string;
  let child: ChildProcess | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "killed-"));
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (file: string): Promise<ChildProcess> =>
    new Promise((resolve, reject) => {
      const started = fork(join(import.meta.dirname, "testing", "write-for-ever.ts"), [file], {
        execArgv: ["--import", "tsx"],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      child = started;
      started.once("message", () => resolve(started));
      started.once("exit", (code) => reject(new Error(`the writer ended with ${code}`)));
    });
  const killed = (one: ChildProcess) =>
    new Promise<void>((resolve) => {
      one.removeAllListeners("exit");
      one.once("exit", () => resolve());
      one.kill("SIGKILL");
    });

  test("leaves a whole database, the next one goes on, and the time between is a hole", async () => {
    const file = join(folder, "store.db");
    await killed(await write(file));
    const died = Date.now();
    expect(integrity(file)).toBe("ok");
    await new Promise((resolve) => setTimeout(resolve, 11_000 - (Date.now() - died)));
    const again = Date.now();
    const record = openRecord(`sqlite:${file}`, RETENTION);
    try {
      observe(record);
      let answer = await seriesFrom(record, died - 10_000);
      while (newestOf(answer) < again - 2_000 && Date.now() < again + 15_000) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        answer = await seriesFrom(record, died - 10_000);
      }
      expect(integrity(file)).toBe("ok");
      const points = answer.lines[0]?.points ?? [];
      const between = points.filter(({ at }) => at > died + 1_000 && at < again - 3_000);
      expect(between.length).toBeGreaterThan(2);
      expect(between.every(({ min, mean, max }) => min === null && mean === null && max === null)).toBe(true);
      expect(points.some(({ at, mean }) => at < died + 1_000 && mean !== null)).toBe(true);
      expect(points.some(({ at, mean }) => at > again - 3_000 && mean !== null)).toBe(true);
    } finally {
      await record.history.close(2_000);
    }
  });
});
