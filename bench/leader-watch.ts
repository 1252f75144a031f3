import { HOSTS, hostAddress, PORTS, SCOPE } from "@/lab/index";
import { NAMESPACE } from "@/lab/settings";

/** One new value of Patroni's leader key. `at` is when the first of etcd's members told us, in ms since 1970. */
export type LeaderChange = { readonly leader: string; readonly revision: string; readonly at: number };

export type LeaderWatch = {
  readonly changes: readonly LeaderChange[];
  /** Resolves when every member's watch is established. */
  ready(): Promise<void>;
  stop(): void;
};

type WatchAnswer = {
  readonly result?: {
    readonly created?: boolean;
    readonly events?: readonly {
      readonly type?: string;
      readonly kv?: { readonly value?: string; readonly create_revision?: string; readonly mod_revision?: string };
    }[];
  };
};

/**
 * Watches the leader key at each etcd member over its JSON gateway, apart from the dashboard and its client. The earliest
 * of the three tells best when the revision was committed, and one that this busy process reads late does not flatter us.
 */
export function watchLeaderKey(): LeaderWatch {
  const stopping = new AbortController();
  const changes: LeaderChange[] = [];
  const seen = new Set<string>();
  const established = HOSTS.map((host) => {
    let created = () => {};
    const ready = new Promise<void>((resolve) => {
      created = resolve;
    });
    void watchMember(`http://${hostAddress(host)}:${PORTS.etcdClient}`, stopping.signal, created, (change) => {
      if (seen.has(change.revision)) return;
      seen.add(change.revision);
      changes.push(change);
    });
    return ready;
  });
  return {
    changes,
    stop: () => stopping.abort(),
    async ready() {
      await Promise.all(established);
    },
  };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

async function watchMember(
  endpoint: string,
  signal: AbortSignal,
  created: () => void,
  onChange: (change: LeaderChange) => void,
): Promise<void> {
  const key = base64(`${NAMESPACE}${SCOPE}/leader`);
  try {
    const answer = await fetch(`${endpoint}/v3/watch`, {
      method: "POST",
      body: JSON.stringify({ create_request: { key } }),
      signal,
    });
    if (!answer.body) throw new Error("no body");
    for await (const line of linesOf(answer.body)) {
      const at = Date.now();
      const { result } = JSON.parse(line) as WatchAnswer;
      if (result?.created) created();
      for (const event of result?.events ?? []) {
        const { value, create_revision, mod_revision } = event.kv ?? {};
        // A put without a type is the gateway's way to say PUT; only a key created anew is a new leader.
        if (event.type === "DELETE" || value === undefined || mod_revision === undefined) continue;
        if (create_revision !== mod_revision) continue;
        onChange({ leader: Buffer.from(value, "base64").toString(), revision: mod_revision, at });
      }
    }
    throw new Error("the watch ended");
  } catch (error) {
    if (signal.aborted) return;
    throw new Error(`watching the leader key at ${endpoint} failed`, { cause: error });
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield line;
  }
}
