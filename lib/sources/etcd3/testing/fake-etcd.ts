import { createRequire } from "node:module";
import {
  type GrpcObject,
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServiceClientConstructor,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";

/** An etcd small enough to misbehave on demand, speaking the real wire protocol. For tests only; holds one key space. */
export type FakeEtcd = {
  readonly endpoint: string;
  put(key: string, value: string, lease?: string): string;
  /** Deletes keys in one revision, as an expired lease does. */
  remove(...keys: string[]): string;
  /** Changes a key without telling any watch. */
  putSilently(key: string, value: string): void;
  /** What the member does wrong from now on. */
  set(faults: Partial<Faults>): void;
  /** Breaks every open watch as a member that goes away does. */
  breakWatches(code: number, details: string): void;
  /** Ends watches the way etcd does after a compaction. */
  cancelWatches(reason: string): void;
  readonly seen: {
    watches: number;
    openWatches(): number;
    lists: number;
    hasLeader: boolean[];
    tokens: string[];
    logins: number;
  };
  stop(): Promise<void>;
};

export type Faults = {
  /** Answers nothing at all. */
  frozen: boolean;
  /** Answers serializable reads only. */
  noQuorum: boolean;
  /** Never confirms a watch. */
  muteWatch: boolean;
  /** Refuses a watch while creating it. */
  refuseWatch: boolean;
  statusForbidden: boolean;
  password: string | null;
};

type Stored = {
  key: Buffer;
  value: Buffer;
  mod_revision: string;
  create_revision: string;
  version: string;
  lease: string;
};
type Watch = { stream: ServerDuplexStream<unknown, unknown>; id: string };
type Call = { request: Record<string, unknown>; metadata: Metadata };

const ERROR = (code: number, details: string) => Object.assign(new Error(details), { code, details });

/** `port` 0 takes any; a fixed one serves to bring a member back. */
export async function startFakeEtcd(port = 0): Promise<FakeEtcd> {
  const store = new Map<string, Stored>();
  const watches = new Set<Watch>();
  const faults: Faults = {
    frozen: false,
    noQuorum: false,
    muteWatch: false,
    refuseWatch: false,
    statusForbidden: false,
    password: null,
  };
  const seen = {
    watches: 0,
    lists: 0,
    logins: 0,
    hasLeader: [] as boolean[],
    tokens: [] as string[],
    openWatches: () => watches.size,
  };
  let revision = 1;

  const header = () => ({ cluster_id: "1", member_id: "42", revision: String(revision), raft_term: "2" });
  const tell = (events: unknown[]) => {
    for (const { stream, id } of watches) stream.write({ header: header(), watch_id: id, events });
  };
  const write = (key: string, value: string, lease = "0") => {
    revision += 1;
    const at = String(revision);
    const kv = {
      key: Buffer.from(key),
      value: Buffer.from(value),
      mod_revision: at,
      create_revision: at,
      version: "1",
      lease,
    };
    store.set(key, kv);
    return kv;
  };

  const guard = (call: Call, done: sendUnaryData<unknown>, answer: () => unknown) => {
    if (faults.frozen) return;
    const token = String(call.metadata.get("token")[0] ?? "");
    seen.tokens.push(token);
    if (faults.password !== null && token !== "token-1")
      done(ERROR(status.INVALID_ARGUMENT, "etcdserver: user name is empty"));
    else done(null, answer());
  };

  const handlers = {
    range: (call: Call, done: sendUnaryData<unknown>) => {
      if (faults.noQuorum && !call.request.serializable) return;
      seen.lists += 1;
      guard(call, done, () => ({ header: header(), kvs: [...store.values()], count: String(store.size) }));
    },
    watch: (stream: ServerDuplexStream<{ create_request?: unknown }, unknown>) => {
      const watch: Watch = { stream: stream as Watch["stream"], id: "0" };
      const forget = () => watches.delete(watch);
      stream.on("cancelled", forget).on("end", forget).on("error", forget);
      stream.on("data", (request: { create_request?: unknown }) => {
        if (!request.create_request || faults.frozen || faults.muteWatch) return;
        seen.watches += 1;
        seen.hasLeader.push(stream.metadata.get("hasleader")[0] === "true");
        if (faults.refuseWatch) {
          stream.write({
            header: header(),
            watch_id: "-1",
            created: true,
            canceled: true,
            cancel_reason: "permission denied",
          });
          return;
        }
        stream.write({ header: header(), watch_id: "0", created: true });
        watches.add(watch);
      });
    },
    status: (call: Call, done: sendUnaryData<unknown>) => {
      if (faults.statusForbidden) return done(ERROR(status.PERMISSION_DENIED, "etcdserver: permission denied"));
      guard(call, done, () => ({
        header: header(),
        version: "3.5.16",
        dbSize: "20480",
        dbSizeInUse: "12288",
        raftIndex: "12",
        raftAppliedIndex: "10",
        leader: "42",
        raftTerm: "2",
        errors: [],
        isLearner: false,
      }));
    },
    alarm: (call: Call, done: sendUnaryData<unknown>) =>
      guard(call, done, () => ({ header: header(), alarms: [{ memberID: "42", alarm: 1 }] })),
    memberList: (call: Call, done: sendUnaryData<unknown>) =>
      guard(call, done, () => ({
        header: header(),
        members: [
          { ID: "42", name: "e1", peerURLs: [], clientURLs: ["http://10.0.0.1:2379"], isLearner: false },
          { ID: "43", name: "", peerURLs: ["http://10.0.0.2:2380"], clientURLs: [], isLearner: false },
        ],
      })),
    authenticate: (call: Call, done: sendUnaryData<unknown>) => {
      seen.logins += 1;
      if (faults.password === null)
        done(ERROR(status.FAILED_PRECONDITION, "etcdserver: authentication is not enabled"));
      else if (call.request.password !== faults.password)
        done(ERROR(status.INVALID_ARGUMENT, "etcdserver: authentication failed, invalid user ID or password"));
      else done(null, { header: header(), token: "token-1" });
    },
  };

  const server = new Server();
  const services = loadServices();
  for (const [name, methods] of Object.entries(SERVED)) {
    const service = services[name] as ServiceClientConstructor;
    server.addService(service.service, Object.fromEntries(methods.map((m) => [m, handlers[m]])) as never);
  }
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    );
  });

  return {
    endpoint: `http://127.0.0.1:${bound}`,
    seen,
    put(key, value, lease) {
      tell([{ type: "Put", kv: write(key, value, lease) }]);
      return String(revision);
    },
    remove(...keys) {
      revision += 1;
      for (const key of keys) store.delete(key);
      const at = String(revision);
      tell(keys.map((key) => ({ type: "Delete", kv: { key: Buffer.from(key), mod_revision: at } })));
      return at;
    },
    putSilently: (key, value) => void write(key, value),
    set: (next) => void Object.assign(faults, next),
    breakWatches(code, details) {
      for (const { stream } of watches) stream.emit("error", ERROR(code, details));
      watches.clear();
    },
    cancelWatches(reason) {
      for (const { stream, id } of watches) {
        stream.write({ header: header(), watch_id: id, canceled: true, cancel_reason: reason });
      }
    },
    stop: async () => server.forceShutdown(),
  };
}

const SERVED = {
  KV: ["range"],
  Watch: ["watch"],
  Maintenance: ["status", "alarm"],
  Cluster: ["memberList"],
  Auth: ["authenticate"],
} as const;

/** The protocol description that the client library ships, read by the loader that it uses itself. */
function loadServices(): GrpcObject {
  const here = createRequire(import.meta.url);
  const main = here.resolve("etcd3");
  const loader = createRequire(main)("@grpc/proto-loader") as typeof import("@grpc/proto-loader");
  const definition = loader.loadSync(main.replace(/lib\/index\.js$/, "proto/rpc.proto"), {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  return loadPackageDefinition(definition).etcdserverpb as GrpcObject;
}
