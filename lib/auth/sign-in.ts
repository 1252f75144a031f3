import { config } from "@/lib/config/current";
import { clientAddress } from "./origin";
import { verifyPassword } from "./password";
import { NAME_CHARS_MAX, type SignInNews, tellSignIn } from "./sign-in-news";
import { createThrottle, type Throttle } from "./throttle";

// On globalThis: each route's bundle has modules of its own, and a throttle that forgets is none.
const KEY = Symbol.for("matriarch.login-throttle");
type Slot = { [KEY]?: Throttle };

function throttle(): Throttle {
  const slot = globalThis as Slot;
  slot[KEY] ??= createThrottle();
  return slot[KEY];
}

export type SignedIn = { readonly id: string; readonly name: string };

/**
 * Checks a user's name and password. Null when they are wrong, whichever of them; throws `throttled:<seconds>` when this
 * address has to wait first, which is what the sign-in page gets as its error.
 */
export async function signIn(
  given: Readonly<Record<string, unknown>> | undefined,
  headers: Headers,
  nowMs: number,
): Promise<SignedIn | null> {
  const name = typeof given?.username === "string" ? given.username : "";
  const password = typeof given?.password === "string" ? given.password : "";
  const address = clientAddress(headers);
  const refused = (why: SignInNews["why"]) =>
    tellSignIn({ kind: "sign-in-refused", name, role: null, from: address, why });
  if (name === "" || name.length > NAME_CHARS_MAX) {
    refused("wrong");
    return null;
  }
  const waitMs = throttle().waitMs(name, address, nowMs);
  if (waitMs > 0) {
    refused("throttled");
    throw throttled(waitMs);
  }
  // Counted before the slow part: attempts sent at once must not all pass the check above.
  throttle().failed(name, address, nowMs);
  const user = config().auth.users.find((one) => one.name === name);
  const verified = await verifyPassword(password, user?.passwordHash.reveal() ?? null);
  if (verified === "busy") {
    refused("busy");
    throw throttled(1_000);
  }
  if (verified === "wrong" || !user) {
    refused("wrong");
    return null;
  }
  throttle().succeeded(name, address);
  tellSignIn({ kind: "sign-in", name: user.name, role: user.role, from: address, why: null });
  return { id: user.name, name: user.name };
}

const throttled = (waitMs: number) => new Error(`throttled:${Math.ceil(waitMs / 1_000)}`);

/** Forgets every failed attempt; for tests. */
export function forgetAttempts(): void {
  delete (globalThis as Slot)[KEY];
}
