// Loaded into the dashboard before anything of its own: counts the TCP connections that it opens, by port, apart from what it says of itself.
const { writeFileSync } = require("node:fs");
const net = require("node:net");
const { isMainThread } = require("node:worker_threads");

const file = process.env.MATRIARCH_BENCH_CONNECTIONS;
const counts = {};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function counted(...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const port = typeof first === "object" && first !== null ? first.port : first;
  if (port !== undefined) counts[port] = (counts[port] ?? 0) + 1;
  return connect.apply(this, args);
};
// Threads of the dashboard load this too, and have connections of their own to count: none that matters here.
if (file && isMainThread) setInterval(() => writeFileSync(file, JSON.stringify(counts)), 250).unref();
