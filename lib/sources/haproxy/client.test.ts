import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { csvUrl, getHaproxyFacts } from "./client";

const CSV = "# pxname,svname,status,\nwrite,node1,UP,\nwrite,BACKEND,UP,\n";
const PASSWORD = "hidden-word";

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function look(listener: RequestListener) {
  const own = createServer(listener);
  server = own;
  await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
  const address = own.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const password = new Secret(PASSWORD);
  return getHaproxyFacts({ stats: `http://127.0.0.1:${port}/`, username: "admin", password, timeoutMs: 300 });
}

describe("the statistics page", () => {
  test("is asked for CSV with basic authentication", async () => {
    let asked: unknown;
    const result = await look((request, response) => {
      asked = { url: request.url, authorization: request.headers.authorization };
      response.end(CSV);
    });
    expect(result).toMatchObject({ ok: true, value: { pools: [{ name: "write", servers: [{ name: "node1" }] }] } });
    const pair = Buffer.from(`admin:${PASSWORD}`).toString("base64");
    expect(asked).toEqual({ url: "/;csv;norefresh", authorization: `Basic ${pair}` });
  });

  test.each([
    [401, "", "unauthorized", "401"],
    [403, "", "forbidden", "403"],
    [503, "", "http-status", "503"],
    [303, "", "http-status", "303"],
    [200, "<html>Welcome to nginx</html>", "malformed", "expected HAProxy's statistics as CSV"],
    [200, "", "malformed", "expected HAProxy's statistics as CSV"],
  ])("status %s with body %j is %s", async (status, body, kind, words) => {
    const result = await look((_request, response) => {
      response.statusCode = status;
      response.end(body);
    });
    expect(result).toMatchObject({ ok: false, failure: { kind, text: expect.stringContaining(words) } });
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
  });

  test("that never answers gives timeout", async () => {
    expect(await look(() => undefined)).toMatchObject({ ok: false, failure: { kind: "timeout" } });
  });
});

test.each([
  ["http://10.0.0.1:5000", "http://10.0.0.1:5000/;csv;norefresh"],
  ["http://10.0.0.1:5000/", "http://10.0.0.1:5000/;csv;norefresh"],
  ["https://lb/haproxy?stats", "https://lb/haproxy?stats;csv;norefresh"],
  ["http://lb/stats;csv", "http://lb/stats;csv;norefresh"],
  ["http://a:b@lb/stats#top", "http://lb/stats;csv;norefresh"],
])("statistics at %s are read from %s", (stats, url) => {
  expect(csvUrl(stats)).toBe(url);
});
