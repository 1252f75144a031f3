import type { UserRole } from "@/lib/config/types";

/** What there is to tell of signing in and out. Never a password, never a token. */
export type SignInNews = {
  readonly kind: "sign-in" | "sign-in-refused" | "sign-out";
  /** As typed, at most 100 characters; there may be no such user. */
  readonly name: string;
  /** Null where there is no such user, and for whoever was not let in. */
  readonly role: UserRole | null;
  /** The address that it came from. */
  readonly from: string;
  /** Why it was refused: not the right name and password, too many attempts, or too busy to check. */
  readonly why: "wrong" | "throttled" | "busy" | null;
};

// On globalThis: who listens is set at the start, and each route's bundle has modules of its own (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.sign-in-news");
type Listener = (news: SignInNews) => void;
type Slot = { [KEY]?: Listener };

/** Sets who hears of it; one listener a process. */
export function onSignInNews(listener: Listener): void {
  (globalThis as Slot)[KEY] = listener;
}

/** Whatever becomes of it, signing in goes on. */
export function tellSignIn(news: SignInNews): void {
  try {
    (globalThis as Slot)[KEY]?.({ ...news, name: news.name.slice(0, NAME_CHARS_MAX) });
  } catch (error) {
    console.error("A sign-in could not be recorded:", error);
  }
}

export const NAME_CHARS_MAX = 100;
