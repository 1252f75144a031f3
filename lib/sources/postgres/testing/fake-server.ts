import { createServer, type Socket } from "node:net";

/** What the server does with a simple query: rows of text, an error with a SQLSTATE, nothing at all, or it hangs up. */
export type Reply =
  | { readonly rows: readonly Readonly<Record<string, string>>[] }
  | { readonly sqlstate: string; readonly message: string }
  | "silence"
  | "hang-up";

export type FakeServer = {
  readonly port: number;
  /** Startup parameters of every session so far. */
  readonly startups: readonly Readonly<Record<string, string>>[];
  readonly queries: readonly string[];
  /** Connections taken so far, sessions or not. */
  connections(): number;
  /** Sessions open now. */
  sessions(): number;
  /** Ends every session as a stopped server does: 57P01, then the socket. */
  terminateAll(): void;
  close(): Promise<void>;
};

const SSL_REQUEST = 80877103;

/**
 * A server that speaks just enough of PostgreSQL's protocol (3.0, no TLS, no password, simple query) to show what a client
 * sends and to misbehave on demand, which a real server does not.
 */
export async function startFakeServer(reply: (query: string) => Reply, greet = true): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const startups: Record<string, string>[] = [];
  const queries: string[] = [];
  let taken = 0;
  const server = createServer((socket) => {
    taken += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    let started = false;
    socket.on("data", (data) => {
      if (!started && data.readInt32BE(4) === SSL_REQUEST) return void socket.write("N");
      if (!started) {
        started = true;
        startups.push(parametersOf(data));
        if (greet) socket.write(Buffer.concat([packet("R", int32(0)), ready]));
        return;
      }
      if (String.fromCharCode(data[0] ?? 0) !== "Q") return void socket.end();
      const query = data.subarray(5, data.length - 1).toString();
      queries.push(query);
      answer(socket, reply(query));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    startups,
    queries,
    connections: () => taken,
    sessions: () => sockets.size,
    terminateAll() {
      for (const socket of sockets) {
        socket.end(errorPacket("57P01", "terminating connection due to administrator command"));
      }
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(socket: Socket, reply: Reply): void {
  if (reply === "silence") return;
  if (reply === "hang-up") return void socket.destroy();
  if ("sqlstate" in reply) {
    socket.write(Buffer.concat([errorPacket(reply.sqlstate, reply.message), ready]));
    return;
  }
  const names = Object.keys(reply.rows[0] ?? {});
  const columns = names.map((name) =>
    Buffer.concat([cstring(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]),
  );
  const rows = reply.rows.map((row) => {
    const values = names.map((name) => Buffer.from(row[name] ?? ""));
    return packet("D", int16(names.length), ...values.flatMap((value) => [int32(value.length), value]));
  });
  socket.write(Buffer.concat([packet("T", int16(names.length), ...columns), ...rows, done, ready]));
}

function parametersOf(startup: Buffer): Record<string, string> {
  const words = startup.subarray(8).toString().split("\0");
  const found: Record<string, string> = {};
  for (let at = 0; words[at]; at += 2) found[words[at] ?? ""] = words[at + 1] ?? "";
  return found;
}

const int16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const cstring = (text: string) => Buffer.from(`${text}\0`);
function packet(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}
const ready = packet("Z", Buffer.from("I"));
const done = packet("C", cstring("SHOW"));
const errorPacket = (code: string, message: string) =>
  packet("E", cstring("SFATAL"), cstring(`C${code}`), cstring(`M${message}`), Buffer.from([0]));
