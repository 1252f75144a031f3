import { config } from "@/lib/config/current";
import type { Config, UserRole } from "@/lib/config/types";
import { problemResponse } from "@/lib/contract/problem";
import type { Actor } from "./actor";
import { authorize } from "./guard";
import { OPENED, ROUTES, type RouteKey } from "./routes";

type ActorFor<K extends RouteKey> = (typeof ROUTES)[K] extends "anyone"
  ? null
  : K extends keyof typeof OPENED
    ? Actor | null
    : Actor;

/** The names in brackets of a route's path, for example `scope`. */
type ParamOf<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}` ? Name | ParamOf<Rest> : never;

export type RouteCall<K extends RouteKey> = {
  readonly request: Request;
  /** Decoded parts of the path. */
  readonly params: Readonly<Record<ParamOf<K>, string>>;
  readonly actor: ActorFor<K>;
};

type Params = Promise<Record<string, string | string[] | undefined>>;
export type RouteHandler = ((request: Request, context: { params: Params }) => Promise<Response>) & {
  /** The row of `ROUTES` that this handler serves. */
  readonly routeKey: RouteKey;
};

/** Makes the handler of one row of `ROUTES`: the guard comes first, and what is thrown ends as a 500 without its text. */
export function route<K extends RouteKey>(
  key: K,
  handle: (call: RouteCall<K>) => Response | Promise<Response>,
): RouteHandler {
  const opened: ((loaded: Config) => boolean) | undefined =
    key in OPENED ? OPENED[key as keyof typeof OPENED] : undefined;
  const minRole = () => (opened?.(config()) ? "anyone" : ROUTES[key]);
  const handler = guarded(minRole, async (request, actor, params) =>
    handle({ request, actor: actor as ActorFor<K>, params: (await decoded(params)) as RouteCall<K>["params"] }),
  );
  return Object.assign(handler, { routeKey: key });
}

type NeededRole = UserRole | "anyone";
type Inner = (request: Request, actor: Actor | null, params: Params) => Promise<Response>;

/** Apart from {@link route} for tests only: any role, without a row. */
export function guarded(needed: NeededRole | (() => NeededRole), inner: Inner) {
  return async (request: Request, context: { params: Params }): Promise<Response> => {
    try {
      // Asked at each request: route modules are loaded before the configuration is.
      const minRole = typeof needed === "function" ? needed() : needed;
      if (minRole === "anyone") return await inner(request, null, context.params);
      const authorized = await authorize(request, minRole);
      if (authorized.kind === "refused") return authorized.response;
      return await inner(request, authorized.actor, context.params);
    } catch (error) {
      console.error(`${request.method} ${new URL(request.url).pathname}:`, error);
      return problemResponse("internal");
    }
  };
}

async function decoded(params: Params): Promise<Record<string, string>> {
  const entries = Object.entries((await params) ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, decode([value ?? ""].flat().join("/"))]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
