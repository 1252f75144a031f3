import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type HaproxyActOptions, mayActOnHaproxy, setHaproxyServer } from "./act";
import { askRuntime } from "./runtime";

const running: (Server | HttpServer)[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listening(server: Server | HttpServer): Promise<string> {
  running.push(server);
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const CSV = "# pxname,svname,status,\nreads,FRONTEND,OPEN,\nreads,node2,UP,\nreads,BACKEND,UP,\n";

/** A statistics page with one server, whose form answers with one code. */
async function page(code: string | null, html = "") {
  const forms: string[] = [];
  const address = await listening(
    createServer((request, response) => {
      if (request.method === "GET") return void response.end(request.url?.includes(";csv") ? CSV : html);
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        forms.push(`${request.url} ${body}`);
        response.writeHead(code === null ? 403 : 303, code === null ? {} : { location: `/stats;st=${code}` }).end();
      });
    }),
  );
  return { forms, options: optionsOf(`http://${address}/stats;csv`) };
}

const optionsOf = (stats: string, runtime: string | null = null): HaproxyActOptions => ({
  stats,
  runtime,
  username: null,
  password: null,
  timeoutMs: 300,
});
const drain = (options: HaproxyActOptions, server = "node2") =>
  setHaproxyServer({ system: "haproxy", id: "x", node: "n", pool: "reads", server, state: "drain" }, options);

describe("the statistics page's form", () => {
  test.each([
    ["DONE", "done"],
    ["PART", "unknown"],
    ["NONE", "refused"],
    ["ERRP", "refused"],
    ["DENY", "refused"],
    ["EXCD", "refused"],
    ["UNKN", "unknown"],
    ["IVAL", "refused"],
    ["NEWW", "unknown"],
    [null, "refused"],
  ] as const)("that answers %s is %s, and is sent once", async (code, kind) => {
    const { forms, options } = await page(code);
    expect((await drain(options)).kind).toBe(kind);
    expect(forms).toEqual(["/stats s=node2&action=drain&b=reads"]);
  });

  test("is not sent for a server that is not on the page, nor for a name that is no name", async () => {
    const { forms, options } = await page("DONE");
    for (const server of ["node3", "BACKEND", "node2\nset weight", "a;b", ""]) {
      expect((await drain(options, server)).kind).toBe("not-sent");
    }
    expect(forms).toEqual([]);
  });

  test.each([
    ['<form method="post"><select name=action><option value="ready">', true],
    ["<table><tr><td>node2</td></tr></table>", false],
  ])("is ours to use where the page shows it: %s", async (html, may) => {
    const { options } = await page("DONE", html);
    expect(await mayActOnHaproxy(options)).toEqual({ ok: true, value: may });
  });
});

describe("the runtime API", () => {
  const answering = (text: string) =>
    listening(createTcpServer((socket) => void socket.once("data", () => socket.end(text))));

  test.each([
    ["\n", "done"],
    ["No such server.\n\n", "refused"],
    ["Permission denied\n\n", "refused"],
  ])("that says %j: %s", async (text, kind) => {
    const { options } = await page("DONE");
    expect((await drain({ ...options, runtime: await answering(text) })).kind).toBe(kind);
  });

  test.each([
    ["admin\n\n", true],
    ["operator\n\n", false],
    ["user\n\n", false],
  ])("of level %j may set servers: %s", async (text, may) => {
    expect(await mayActOnHaproxy(optionsOf("http://127.0.0.1:1/", await answering(text)))).toEqual({
      ok: true,
      value: may,
    });
  });

  test("that is silent after the command is unknown; that is not there was not sent to", async () => {
    const silent = await listening(createTcpServer(() => undefined));
    const { options } = await page("DONE");
    expect((await drain({ ...options, runtime: silent })).kind).toBe("unknown");
    expect((await drain({ ...options, runtime: "127.0.0.1:1" })).kind).toBe("not-sent");
  });

  test.each(["show info; clear counters", "show info\nclear counters", "a\rb", "a\\;b"])(
    "takes one command at a time: %j is not sent",
    async (command) => {
      expect((await askRuntime("127.0.0.1:1", command, 300)).result).toMatchObject({ failure: { kind: "failed" } });
    },
  );
});
