import { Client } from "pg";
import type { Secret } from "@/lib/config/types";
import { refusesThisWay, type TlsAttempt } from "./tls";

export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret | null;
  readonly database: string;
  readonly applicationName: string;
  /** Tried in order; see `tlsAttempts`. */
  readonly tls: readonly TlsAttempt[];
  /** Limits that the server itself keeps, in ms, and further `-c` options; null where it knows no startup parameters. */
  readonly startup: {
    readonly statementTimeoutMs: number;
    readonly lockTimeoutMs: number;
    readonly options: string;
  } | null;
};

/** `code` of the error when the server asks for a password and none is configured. */
export const NO_PASSWORD = "NO_PASSWORD";

const KEEPALIVE_DELAY_MS = 5_000;

/**
 * Opens one connection. Rejects with what `pg`, Node or the server said. When `signal` aborts, the socket is destroyed:
 * nothing that a frozen server could hold up is waited for. `onReached` is called once the host took the connection.
 */
export async function connect(server: ServerAddress, signal: AbortSignal, onReached = () => {}): Promise<Client> {
  let refused: unknown = new Error("no way to connect was given");
  for (const tls of server.tls) {
    signal.throwIfAborted();
    try {
      return await connectOnce(server, tls, signal, onReached);
    } catch (error) {
      if (!refusesThisWay(error)) throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Cuts a connection without a word; its pending query is rejected. */
export function destroy(client: Client): void {
  client.connection.stream.destroy();
}

async function connectOnce(
  server: ServerAddress,
  tls: TlsAttempt,
  signal: AbortSignal,
  onReached: () => void,
): Promise<Client> {
  const client = new Client({
    host: server.host,
    port: server.port,
    user: server.user,
    database: server.database,
    password: () => revealed(server.password),
    application_name: server.applicationName,
    ssl: tls,
    sslnegotiation: "postgres",
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_DELAY_MS,
    ...(server.startup && {
      statement_timeout: server.startup.statementTimeoutMs,
      lock_timeout: server.startup.lockTimeoutMs,
      options: server.startup.options,
    }),
  });
  if (!server.startup) dropStartupOptions(client);
  // Without a listener an error on an idle connection would end the process; who keeps the connection adds its own.
  client.on("error", () => undefined);
  client.connection.stream.once("connect", onReached);
  const cut = () => destroy(client);
  signal.addEventListener("abort", cut, { once: true });
  try {
    return await client.connect();
  } catch (error) {
    destroy(client);
    throw error;
  } finally {
    signal.removeEventListener("abort", cut);
  }
}

function revealed(password: Secret | null): string {
  if (password) return password.reveal();
  throw Object.assign(new Error("the server asks for a password and none is configured"), { code: NO_PASSWORD });
}

/** `pg` falls back to PGOPTIONS of our own environment, and PgBouncer refuses a connection that carries `options`. */
function dropStartupOptions(client: Client): void {
  const { connectionParameters } = client as unknown as { connectionParameters: { options?: string | undefined } };
  connectionParameters.options = undefined;
}
