import NextAuth from "next-auth";
import { config } from "@/lib/config/current";
import { problemResponse } from "@/lib/contract/problem";
import { parseCookies } from "./cookies";
import { clientAddress, originOf } from "./origin";
import { authOptions } from "./session";

/** What the sign-in page and the client library ask for; the rest of next-auth (its pages, its log endpoint) stays shut. */
const ACTIONS = { GET: ["csrf", "session", "providers", "signin", "error"], POST: ["callback", "signout"] } as const;
const BODY_CHARS_MAX = 8_192;

type PagesHandler = (request: unknown, response: unknown, options: unknown) => Promise<unknown>;

/**
 * Answers `/api/auth/<path…>`. It speaks to next-auth through its request/response form rather than its route form: that one
 * takes the origin from whatever host a header names, ours from {@link originOf}, so that the dashboard works under its public
 * address and under `127.0.0.1` alike.
 */
export async function handleAuth(request: Request, path: readonly string[]): Promise<Response> {
  const allowed: readonly string[] = ACTIONS[request.method as keyof typeof ACTIONS] ?? [];
  if (!allowed.includes(path[0] ?? "")) return problemResponse("not-found");
  const origin = originOf(request.headers, config().server);
  if (origin === null) return problemResponse("bad-request", "The Host header is missing or odd.");
  const body = await readBody(request);
  if (body === "too-large") return problemResponse("too-large");
  const { host, protocol } = new URL(origin);
  // next-auth reads the origin from these headers, and only when told so by the environment.
  process.env.AUTH_TRUST_HOST = "true";
  delete process.env.NEXTAUTH_URL;
  const headers = {
    ...Object.fromEntries(request.headers),
    host,
    "x-forwarded-host": host,
    "x-forwarded-proto": protocol.slice(0, -1),
  };
  const query = { ...Object.fromEntries(new URL(request.url).searchParams), nextauth: path };
  const cookies = parseCookies(request.headers.get("cookie"));
  const { response, recorded } = recorder();
  await (NextAuth as unknown as PagesHandler)(
    { method: request.method, query, cookies, headers, body },
    response,
    authOptions(protocol === "https:", clientAddress(request.headers)),
  );
  return recorded();
}

async function readBody(request: Request): Promise<Record<string, string> | "too-large"> {
  if (request.method !== "POST") return {};
  if (Number(request.headers.get("content-length") ?? 0) > BODY_CHARS_MAX) return "too-large";
  const text = await request.text();
  if (text.length > BODY_CHARS_MAX) return "too-large";
  if (!request.headers.get("content-type")?.includes("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const json: unknown = JSON.parse(text);
    const entries = Object.entries(json !== null && typeof json === "object" ? json : {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return {};
  }
}

/** The few methods of a Node response that next-auth calls, kept as a `Response`. */
function recorder() {
  const headers = new Headers({ "cache-control": "no-store" });
  let status = 200;
  let body: string | null = null;
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    getHeader: (name: string) => (name.toLowerCase() === "set-cookie" ? headers.getSetCookie() : headers.get(name)),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
    },
    json(value: unknown) {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      if (typeof value === "string") body = value;
      else if (value !== undefined) response.json(value);
    },
    end() {},
  };
  return { response, recorded: () => new Response(body, { status, headers }) };
}
