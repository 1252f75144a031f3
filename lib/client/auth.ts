/** Why signing in did not work. */
export type SignInProblem =
  | { readonly kind: "credentials" | "expired" | "unavailable" }
  /** Too many attempts; `seconds` until the next one, null when the server did not say. */
  | { readonly kind: "throttled"; readonly seconds: number | null };

const FORM = { "content-type": "application/x-www-form-urlencoded" } as const;

async function csrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store", credentials: "same-origin" });
  const body = (await answer.json()) as { csrfToken?: unknown };
  if (typeof body.csrfToken !== "string") throw new Error("no CSRF token in the answer");
  return body.csrfToken;
}

async function post(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" });
  return fetch(path, { method: "POST", headers: FORM, body, credentials: "same-origin", redirect: "follow" });
}

/** Signs in with a name and a password. Null: the session cookie is set. */
export async function signIn(username: string, password: string): Promise<SignInProblem | null> {
  try {
    const answer = await post("/api/auth/callback/credentials", { username, password, callbackUrl: "/" });
    if (answer.status === 429) return { kind: "throttled", seconds: null };
    if (answer.status >= 500) return { kind: "unavailable" };
    const { url } = (await answer.json()) as { url?: unknown };
    return typeof url === "string" ? problemInUrl(url) : { kind: "unavailable" };
  } catch {
    return { kind: "unavailable" };
  }
}

/** The sign-in library tells the outcome in the address that it would go to next. */
export function problemInUrl(url: string): SignInProblem | null {
  const { searchParams } = new URL(url, "http://localhost");
  if (searchParams.has("csrf")) return { kind: "expired" };
  const error = searchParams.get("error");
  if (error === null) return null;
  const throttled = /^throttled(?::(\d+))?$/.exec(error);
  if (!throttled) return { kind: "credentials" };
  return { kind: "throttled", seconds: throttled[1] === undefined ? null : Number(throttled[1]) };
}

/** Ends the session. False: the server did not confirm it. */
export async function signOut(): Promise<boolean> {
  try {
    return (await post("/api/auth/signout", { callbackUrl: "/sign-in" })).ok;
  } catch {
    return false;
  }
}

/** Where to go after signing in: a path of our own, never another site. */
export function safeReturnPath(value: string | null | undefined): string {
  if (!value) return "/";
  try {
    const url = new URL(value, "http://localhost");
    const ours = url.origin === "http://localhost" || value.startsWith("http");
    const path = `${url.pathname}${url.search}${url.hash}`;
    return ours && path.startsWith("/") && !path.startsWith("//") && !path.startsWith("/sign-in") ? path : "/";
  } catch {
    return "/";
  }
}
