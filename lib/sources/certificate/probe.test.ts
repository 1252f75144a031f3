import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { CertificateProbe } from "./probe";
import { readCertificate } from "./probe";

const running: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A listener that treats each connection like this. */
async function listener(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
    // Who does not read does not see that the other side hung up.
    socket.resume();
  });
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, sockets };
}

const probe = (port: number, over: Partial<CertificateProbe> = {}): CertificateProbe => ({
  service: "postgres",
  host: "127.0.0.1",
  port,
  opening: "postgres",
  tls: null,
  timeoutMs: 300,
  ...over,
});
const answers = (text: string) => (socket: Socket) => void socket.once("data", () => socket.write(text));

describe("PostgreSQL's way of asking for TLS", () => {
  test("eight bytes are sent, and N is an answer: TLS is not offered", async () => {
    const heard: string[] = [];
    const { port, sockets } = await listener((socket) => {
      socket.on("data", (bytes) => {
        heard.push(bytes.toString("hex"));
        socket.write("N");
      });
    });
    expect(await readCertificate(probe(port))).toEqual({
      ok: true,
      value: { service: "postgres", address: `127.0.0.1:${port}`, chain: [] },
    });
    expect(heard).toEqual(["0000000804d2162f"]);
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ["an answer that is none", answers("E"), "malformed"],
    ["a hang-up before the answer", (socket) => socket.end(), "reset"],
    ["a hang-up after S", (socket) => void socket.once("data", () => socket.end("S")), "reset"],
    ["no TLS after S", answers("SSSSSSSSSSSSSSSS"), "tls"],
    ["silence", () => undefined, "timeout"],
    ["silence after S", answers("S"), "timeout"],
  ])("%s is a failure of its kind", async (_what, onSocket, kind) => {
    const { port, sockets } = await listener(onSocket);
    expect(await readCertificate(probe(port))).toMatchObject({ ok: false, failure: { kind } });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });
});

test("a server without TLS where TLS is expected at once", async () => {
  const { port } = await listener(answers("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const seen = await readCertificate(probe(port, { service: "haproxy", opening: "tls" }));
  expect(seen).toMatchObject({ ok: false, failure: { kind: "tls" } });
});

test("a port that nobody listens on", async () => {
  const { port } = await listener(() => undefined);
  const closed = running.pop();
  await new Promise((resolve) => closed?.server.close(resolve));
  expect(await readCertificate(probe(port))).toMatchObject({ ok: false, failure: { kind: "refused" } });
});

test("an abort ends the look at once, before it and during it", async () => {
  const { port, sockets } = await listener(() => undefined);
  const stop = new AbortController();
  const look = readCertificate(probe(port, { timeoutMs: 60_000 }), stop.signal);
  await expect.poll(() => sockets.size).toBe(1);
  stop.abort();
  expect(await look).toMatchObject({ ok: false, failure: { kind: "aborted" } });
  expect(await readCertificate(probe(port), stop.signal)).toMatchObject({ ok: false, failure: { kind: "aborted" } });
});
