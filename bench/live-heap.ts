import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "undici";
import { until } from "@/e2e/support/until";

/** Where a Node.js process listens for a debugger once it was sent SIGUSR1 (nodejs.org, "Debugging Node.js"). */
const INSPECTOR = "http://127.0.0.1:9229/json/list";
const ANSWER_WITHIN_MS = 30_000;

export type LiveHeap = {
  /** Bytes of V8's heap that live after two forced collections: what no garbage hides. */
  measure(): Promise<number>;
  close(): void;
};

type Answer = { readonly id?: number; readonly result?: { readonly usedSize?: number }; readonly error?: unknown };

/** Looks into the heap of a process of ours through its inspector. One process at a time: all of them listen on one port. */
export async function openLiveHeap(pid: number): Promise<LiveHeap> {
  process.kill(pid, "SIGUSR1");
  const url = await until(debuggerUrl, { deadlineMs: 10_000, what: `the inspector of process ${pid}` });
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("the inspector refused")), { once: true });
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener("message", ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let calls = 0;
  const call = async (method: string): Promise<Answer> => {
    calls += 1;
    const id = calls;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method }));
    const answer = await Promise.race([answered, pause(ANSWER_WITHIN_MS, null, { ref: false })]);
    waiting.delete(id);
    if (!answer || answer.error) throw new Error(`the inspector did not do ${method}`);
    return answer;
  };
  return {
    async measure() {
      await call("HeapProfiler.collectGarbage");
      await call("HeapProfiler.collectGarbage");
      return (await call("Runtime.getHeapUsage")).result?.usedSize ?? Number.NaN;
    },
    close: () => socket.close(),
  };
}

async function debuggerUrl(): Promise<string | undefined> {
  try {
    const [target] = (await (await fetch(INSPECTOR)).json()) as { webSocketDebuggerUrl: string }[];
    return target?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}
