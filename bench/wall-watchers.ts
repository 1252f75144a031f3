import { apiOf } from "@/e2e/support/api";
import type { Dashboard } from "@/e2e/support/dashboard";
import { sseData } from "@/e2e/support/sse";
import { SCOPE } from "@/lab/index";
import type { WallLink } from "@/lib/contract/walls";

/** How often an open wall asks for the last event, and an open page for more than that; the page itself is loaded once. */
const ASK_EVERY_MS = 30_000;
/** Each has a stream of its own, and connections to this machine are few at a time. */
const AT_ONCE = 10;

const ASKED_BY_WALLS = [`/api/v1/clusters/${SCOPE}/events?limit=1`] as const;
const ASKED_BY_PAGES = ["", "/findings", "/events?limit=50", "/backups", "/operations"].map(
  (path) => `/api/v1/clusters/${SCOPE}${path}`,
);

/** Who looks: what it proves itself by, and what it asks for beside the stream. */
export type Watcher = { readonly headers: Readonly<Record<string, string>>; readonly asks: readonly string[] };

/** Half of them walls, each signed in by a link of its own; half of them pages of a person. */
export async function makeWatchers(dashboard: Dashboard, count: number): Promise<readonly Watcher[]> {
  const page = { headers: { authorization: `Bearer ${dashboard.accounts.token}` }, asks: ASKED_BY_PAGES };
  const makers = Array.from(
    { length: count },
    (_, index) => () => (index % 2 === 0 ? newWall(dashboard, index) : page),
  );
  const made: Watcher[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    made.push(...(await Promise.all(makers.slice(from, from + AT_ONCE).map((make) => make()))));
  }
  return made;
}

async function newWall(dashboard: Dashboard, index: number): Promise<Watcher> {
  const made = await apiOf(dashboard, "admin").call<WallLink>("POST", "/walls", {
    title: `wall ${index}`,
    scopes: null,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  const token = new URL(made.body.link).searchParams.get("token");
  const entered = await fetch(`${dashboard.baseUrl}/api/walls/enter`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: dashboard.baseUrl, "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ token }),
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0];
  await entered.body?.cancel();
  if (!entered.ok || cookie === undefined) throw new Error(`the wall is not let in: ${entered.status}`);
  const drawn = await fetch(`${dashboard.baseUrl}/wall/${SCOPE}`, { headers: { cookie } });
  if (!drawn.ok || !(await drawn.text()).includes("data-cluster")) throw new Error("the wall's page shows no cluster");
  return { headers: { cookie }, asks: ASKED_BY_WALLS };
}

export type Watching = {
  /** Frames that all of them have read since the last call of this, and what else they asked for. */
  taken(): { readonly frames: number; readonly asked: number };
  /** Ends them all; rejects when any of them was lost before. */
  stop(): Promise<void>;
};

/** Opens the stream for each, and asks now and every half a minute for the rest; resolves once every one was fed. */
export async function watchAll(dashboard: Dashboard, watchers: readonly Watcher[]): Promise<Watching> {
  const ending = new AbortController();
  let [frames, asked] = [0, 0];
  const lost: unknown[] = [];
  const get = (path: string, { headers }: Watcher) =>
    fetch(`${dashboard.baseUrl}${path}`, { headers, signal: ending.signal, redirect: "manual" });
  const ask = async (watcher: Watcher) => {
    for (const path of watcher.asks) {
      const answer = await get(path, watcher);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
      asked += 1;
    }
  };
  const read = async (watcher: Watcher, first: () => void) => {
    const answer = await get(`/api/v1/stream?scope=${SCOPE}`, watcher);
    if (!answer.ok || !answer.body) throw new Error(`the stream answers ${answer.status}`);
    for await (const _ of sseData(answer.body)) {
      frames += 1;
      first();
    }
    throw new Error("the stream ended");
  };
  const unlessEnding = (work: Promise<unknown>, failed: (error: unknown) => void) =>
    work.catch((error: unknown) => {
      if (ending.signal.aborted) return;
      lost.push(error);
      failed(error);
    });
  const timers: NodeJS.Timeout[] = [];
  const open = (watcher: Watcher, index: number) =>
    new Promise<void>((fed, failed) => {
      void unlessEnding(
        read(watcher, () => fed()),
        failed,
      );
      const again = () => void unlessEnding(ask(watcher), failed);
      // Not all in one moment, as real ones would not.
      const begin = () => {
        again();
        timers.push(setInterval(again, ASK_EVERY_MS));
      };
      timers.push(setTimeout(begin, (index / watchers.length) * ASK_EVERY_MS));
    });
  await Promise.all(watchers.map(open));
  return {
    taken() {
      const told = { frames, asked };
      [frames, asked] = [0, 0];
      return told;
    },
    async stop() {
      ending.abort();
      for (const timer of timers) clearInterval(timer);
      if (lost.length > 0) throw new Error(`${lost.length} watchers were lost`, { cause: lost[0] });
    },
  };
}
