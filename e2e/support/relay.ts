import { connect, createServer, type Socket } from "node:net";

/** The network between a browser and the dashboard, as far as a test can take it away. */
export type Relay = {
  readonly baseUrl: string;
  /** From now on nothing comes through, and nobody is told: as when a cable is pulled. */
  cut(): void;
  /** What was sent meanwhile comes through, as after a cable is put back. */
  heal(): void;
  stop(): Promise<void>;
};

/** Passes connections on to the server at `baseUrl`, from a port of its own. */
export async function startRelay(baseUrl: string): Promise<Relay> {
  const port = Number(new URL(baseUrl).port);
  const pairs = new Map<Socket, Socket>();
  let away = false;
  const join = (near: Socket, far: Socket) => {
    near.pipe(far);
    far.pipe(near);
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    pairs.set(near, far);
    const part = () => {
      pairs.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.on("error", part);
      socket.on("close", part);
    }
    if (!away) join(near, far);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the relay has no port");
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    cut() {
      away = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    heal() {
      away = false;
      for (const [near, far] of pairs) join(near, far);
    },
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const near of pairs.keys()) near.destroy();
      await closed;
    },
  };
}
