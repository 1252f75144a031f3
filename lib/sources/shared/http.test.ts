import { createServer, type Server as HttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { httpGet, httpSend } from "./http";

const running: { server: Server | HttpServer; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(server: Server | HttpServer) {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/patroni?x=1`, sockets };
}

const http = (listener: RequestListener) => listening(createServer(listener));
const tcp = (onSocket: (socket: Socket) => void) => listening(createTcpServer(onSocket));
const limits = { timeoutMs: 300, maxBytes: 1_000 };

describe("httpGet", () => {
  test("an answer of any status is an answer, with lower-case headers", async () => {
    const { url } = await http((_, response) => response.writeHead(503, { "X-Role": "replica" }).end("no"));
    const answer = await httpGet({ url, ...limits });
    expect(answer).toMatchObject({ ok: true, value: { status: 503, body: "no", headers: { "x-role": "replica" } } });
  });

  test("credentials go as basic auth, path and query as given, and the connection is not kept", async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await http(({ url: path, headers }, response) => {
      seen.push(path, headers.authorization, headers.connection);
      response.end();
    });
    await httpGet({ url, username: "admin", password: new Secret("пароль"), ...limits });
    expect(seen).toEqual(["/patroni?x=1", `Basic ${Buffer.from("admin:пароль").toString("base64")}`, "close"]);
  });

  test("each call has a connection of its own, and it is closed afterwards", async () => {
    let connections = 0;
    const { url, sockets } = await http((_, response) => response.end("ok"));
    for (let i = 0; i < 3; i++) await httpGet({ url, ...limits });
    connections = sockets.size;
    expect(connections).toBe(3);
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  test("HTTP/1.0 without a length is read to the end, as Patroni answers", async () => {
    const { url } = await tcp((socket) => {
      socket.once("data", () => socket.end("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}"));
    });
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: true, value: { body: "{}" } });
  });

  test("a redirect is not followed", async () => {
    const { url } = await http((_, response) => response.writeHead(302, { location: "/other" }).end());
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: true, value: { status: 302 } });
  });

  test.each([
    ["a server that never answers", () => tcp(() => undefined)],
    ["a body that never ends", () => http((_, response) => response.write("x"))],
    [
      "a body that trickles past the limit",
      () =>
        http((_, response) => {
          const timer = setInterval(() => response.write("x"), 50);
          response.on("close", () => clearInterval(timer));
        }),
    ],
  ])("%s is cut off as a time-out", async (_, start) => {
    const { url } = await start();
    const started = performance.now();
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - started).toBeLessThan(700);
  });

  test("the caller's abort ends it at once, and leaves no listener behind", async () => {
    const { url } = await tcp(() => undefined);
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 30);
    const answer = await httpGet({ url, ...limits, timeoutMs: 5_000, signal: caller.signal });
    expect(answer).toMatchObject({ ok: false, failure: { kind: "aborted" } });
    expect(await httpGet({ url, ...limits, signal: caller.signal })).toMatchObject({ failure: { kind: "aborted" } });
  });

  test("a body over the limit is too large", async () => {
    const { url } = await http((_, response) => response.end("x".repeat(1_001)));
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: false, failure: { kind: "too-large" } });
  });

  test("a port where nobody listens is refused", async () => {
    const { url } = await http(() => undefined);
    const [last] = running.splice(0);
    await new Promise((resolve) => last?.server.close(resolve));
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: false, failure: { kind: "refused" } });
  });

  test("a connection that is torn is a reset", async () => {
    const { url } = await tcp((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: false, failure: { kind: "reset" } });
  });

  test.each(["ftp://10.0.0.1/", "nonsense", ""])("%j is no address", async (url) => {
    expect(await httpGet({ url, ...limits })).toMatchObject({ ok: false, failure: { kind: "failed" } });
  });
});

describe("httpSend", () => {
  const body = { type: "application/json", text: '{"leader":"ä"}' };

  test("a body goes whole, with its length and not in chunks, once", async () => {
    const seen: unknown[] = [];
    const { url } = await http((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        const { headers, method } = request;
        seen.push([method, text, headers["content-length"], headers["transfer-encoding"], headers["content-type"]]);
        response.writeHead(202).end("scheduled");
      });
    });
    const sent = await httpSend({ url, method: "POST", body, ...limits });
    expect(sent).toMatchObject({ kind: "answered", whole: true, answer: { status: 202, body: "scheduled" } });
    expect(seen).toEqual([["POST", body.text, "15", undefined, "application/json"]]);
  });

  test("a redirect is an answer and is not followed", async () => {
    let asked = 0;
    const { url } = await http((_, response) => {
      asked += 1;
      response.writeHead(303, { location: "/elsewhere;st=DONE" }).end();
    });
    const sent = await httpSend({ url, method: "POST", body, ...limits });
    expect(sent).toMatchObject({ kind: "answered", answer: { status: 303 } });
    expect(asked).toBe(1);
  });

  test("a refused connection is certainly not sent", async () => {
    const { url } = await tcp((socket) => socket.destroy());
    for (const { server } of running.splice(0)) await new Promise((resolve) => server.close(resolve));
    const sent = await httpSend({ url, method: "POST", body, ...limits });
    expect(sent).toMatchObject({ kind: "not-sent", failure: { kind: "refused" } });
  });

  test("what was given up before it began is certainly not sent", async () => {
    const { url, sockets } = await tcp((socket) => socket.end());
    const signal = AbortSignal.abort();
    expect(await httpSend({ url, method: "POST", body, ...limits, signal })).toMatchObject({ kind: "not-sent" });
    expect(sockets.size).toBe(0);
  });

  test("TLS that fails is certainly not sent", async () => {
    const { url } = await tcp((socket) => socket.end("not TLS at all"));
    const sent = await httpSend({ url: url.replace("http:", "https:"), method: "POST", body, ...limits });
    expect(sent.kind).toBe("not-sent");
  });

  test("silence, a reset and an abort after the request are unanswered, never failed, and nothing is sent again", async () => {
    let requests = 0;
    const silent = await tcp((socket) => socket.on("data", () => requests++));
    const resetting = await tcp((socket) =>
      socket.once("data", () => {
        requests++;
        socket.resetAndDestroy();
      }),
    );
    const late = await httpSend({ url: silent.url, method: "POST", body, ...limits });
    expect(late).toMatchObject({ kind: "unanswered", failure: { kind: "timeout" } });
    const reset = await httpSend({ url: resetting.url, method: "POST", body, ...limits });
    expect(reset).toMatchObject({ kind: "unanswered", failure: { kind: "reset" } });
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 50);
    const aborted = await httpSend({ url: silent.url, method: "POST", body, ...limits, signal: leaving.signal });
    expect(aborted).toMatchObject({ kind: "unanswered", failure: { kind: "aborted" } });
    expect(requests).toBe(3);
  });

  test("a status whose body breaks off is still an answer, and is told as not whole", async () => {
    const { url } = await tcp((socket) =>
      socket.once("data", () => {
        socket.write("HTTP/1.0 401 Unauthorized\r\nContent-Length: 100\r\n\r\nnot auth");
        setTimeout(() => socket.resetAndDestroy(), 20);
      }),
    );
    const sent = await httpSend({ url, method: "POST", body, ...limits });
    expect(sent).toMatchObject({ kind: "answered", whole: false, answer: { status: 401 } });
  });
});
