import { connect } from "node:net";
import { ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText, overdue } from "@/lib/sources/shared/failure";

/** What came of a command; `sent` says whether it may have reached HAProxy. */
export type RuntimeAnswer = { readonly sent: boolean; readonly result: Result<string> };

const ANSWER_BYTES_MAX = 64 * 1024;

/**
 * One command to HAProxy's runtime API over TCP (`stats socket ipv4@…`, 2.4 to 3.x) on a connection of its own, which HAProxy closes after
 * its answer. The command must hold neither line ends nor semicolons: both would begin another one. Never rejects.
 */
export function askRuntime(
  address: string,
  command: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<RuntimeAnswer> {
  if (/[;\r\n\\]/.test(command)) {
    return Promise.resolve({ sent: false, result: { ok: false, failure: failureText("failed", "not one command") } });
  }
  const { host, port } = splitAddress(address);
  return new Promise((resolve) => {
    let sent = false;
    let text = "";
    const socket = connect({ host, port });
    const end = (result: Result<string>) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve({ sent, result });
    };
    const late = () => end({ ok: false, failure: overdue(sent, timeoutMs) });
    const onAbort = () => end({ ok: false, failure: failureText("aborted") });
    const timer = setTimeout(late, timeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    socket.setEncoding("utf8");
    socket.on("error", (error) => end({ ok: false, failure: failureOf(error) }));
    socket.on("connect", () => {
      sent = true;
      socket.write(`${command}\n`);
    });
    socket.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > ANSWER_BYTES_MAX) end({ ok: false, failure: failureText("too-large") });
    });
    socket.on("end", () => end(ok(text)));
    // Closed by whatever means without an end: nothing more will come.
    socket.on("close", () => end({ ok: false, failure: failureText("reset") }));
    if (signal?.aborted) onAbort();
  });
}

/** `10.0.0.1:9999` or `[fe80::1]:9999`. */
function splitAddress(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(":");
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(address.slice(at + 1)) };
}

/** The level that this address has: `admin` may set servers, `operator` and `user` may not. */
export async function runtimeLevel(address: string, timeoutMs: number, signal?: AbortSignal): Promise<Result<string>> {
  const { result } = await askRuntime(address, "show cli level", timeoutMs, signal);
  return result.ok ? ok(result.value.trim()) : result;
}
