import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Secret, TlsConfig } from "@/lib/config/types";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureOf } from "@/lib/sources/shared/failure";

/** Whether a member's REST API would take an action from us. */
export type RestAccess = "accepted" | "unauthorized" | "forbidden";

export type RestAccessOptions = {
  readonly username: string | null;
  readonly password: Secret | null;
  readonly tls: TlsConfig | null;
  readonly timeoutMs: number;
};

/**
 * Asks a Patroni member whether it would accept our credentials, without asking it to do anything. GET is never
 * authenticated, so it takes a method that is: `POST /switchover` with the body `{}`. Patroni (read in 3.0.2 and in its newest
 * sources, `patroni/api.py`) checks access first (401, 403), then refuses an empty object with 400 before it reads the DCS.
 * The body is a constant on purpose. Call it only for an address that has just proven to be the member it should be.
 */
export function askRestAccess(origin: string, options: RestAccessOptions): Promise<Result<RestAccess>> {
  return post(new URL("/switchover", origin), options).then(
    (status) => {
      if (status === 400) return ok<RestAccess>("accepted");
      if (status === 401) return ok<RestAccess>("unauthorized");
      return status === 403 ? ok<RestAccess>("forbidden") : fail("http-status", `HTTP ${status}`);
    },
    (error: unknown) => ({ ok: false, failure: failureOf(error) }),
  );
}

const EMPTY = "{}";

function post(url: URL, { username, password, tls, timeoutMs }: RestAccessOptions): Promise<number> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const authorization =
    username !== null && password !== null
      ? { authorization: `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString("base64")}` }
      : {};
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          "content-type": "application/json",
          "content-length": EMPTY.length,
          connection: "close",
          ...authorization,
        },
        ...(tls?.ca ? { ca: tls.ca } : {}),
        ...(tls?.cert ? { cert: tls.cert } : {}),
        ...(tls?.key ? { key: tls.key.reveal() } : {}),
        ...(tls?.insecure ? { rejectUnauthorized: false } : {}),
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on("error", reject);
    sent.end(EMPTY);
  });
}
