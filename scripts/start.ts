import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import next from "next";
import { actions } from "@/lib/actions/current";
import { alerts } from "@/lib/alerts/current";
import { PEER_HEADER } from "@/lib/auth/peer";
import { loadConfig } from "@/lib/config/load";
import { history } from "@/lib/history/current";
import { live } from "@/lib/live/current";

/**
 * `npm start`: checks the configuration before anything else, then serves the built app in this process once there is something to see.
 * `PORT` wins over `server.port`. SIGTERM closes the event streams (see instrumentation.node.ts), lets requests end and leaves.
 */
const loaded = loadConfig({ env: process.env });
if (loaded.kind === "error") {
  console.error(loaded.message);
  process.exit(1);
}

// On a machine with much memory V8 lets garbage grow to several times what lives: 390 MB were resident for 60 MB of live heap.
// Collecting when the heap has grown by this much of what lives keeps it about 200 MB, for a few ms of work a second.
setFlagsFromString("--heap-growing-percent=40");

const FIRST_LOOKS_MS = 3_000;
const FIRST_LOOKS_CHECK_MS = 20;

const { port } = loaded.config.server;
const hostname = process.env.HOSTNAME_BIND ?? "0.0.0.0";

const startedAt = performance.now();
const app = next({ dev: false, hostname, port });
const handle = app.getRequestHandler();
await app.prepare();

const server = createServer((request, response) => {
  // Whatever a client says of itself under this name is overwritten: only the socket knows where a request came from.
  request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  void handle(request, response);
});
// A browser holds its event stream for hours; only an idle connection between requests may be closed.
server.requestTimeout = 60_000;
server.keepAliveTimeout = 65_000;
server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken: set PORT or server.port` : error.message);
  process.exit(1);
});
const CLOSE_RECORD_MS = 2_000;
let leaving = false;
const leave = () => {
  leaving = true;
  const closed = new Promise<void>((done) => server.close(() => done()));
  // What was recorded last is written before we go; instrumentation.node.ts has already handed it over.
  const ended = Promise.allSettled([actions()?.close(), alerts()?.close()]);
  const written = ended.then(() => history()?.close(CLOSE_RECORD_MS));
  void Promise.allSettled([closed, written]).then(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => {
    server.closeAllConnections();
    process.exit(0);
  }, 3_000).unref();
};
process.once("SIGTERM", leave);
process.once("SIGINT", leave);

await firstLooks();
if (!leaving) {
  server.listen(port, hostname, () => {
    const address = server.address();
    const actual = typeof address === "object" && address ? address.port : port;
    console.log(`Matriarch listens on port ${actual} after ${Math.round(performance.now() - startedAt)} ms`);
  });
}

/**
 * Pages come back within milliseconds of an open port, all at once: who lets them in before anything was looked at shows them nothing
 * and is kept from looking by them. So the port opens when every cluster was looked at once, and at the latest after a moment: a
 * cluster that does not answer is to be seen too.
 */
async function firstLooks(): Promise<void> {
  const until = performance.now() + FIRST_LOOKS_MS;
  while (!leaving && !live()?.lookedOnce() && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_LOOKS_CHECK_MS));
  }
}
