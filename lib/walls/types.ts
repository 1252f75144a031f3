import type { Stored } from "@/lib/db/types";
import type { EpochMs } from "@/lib/domain/ids";
import type { Wall } from "@/lib/domain/wall";

/** A wall with the hashes of what it proves itself by; never leaves this room. */
export type WallRecord = Wall & {
  readonly linkHash: string;
  readonly linkUsed: boolean;
  readonly cookieHash: string | null;
};

/** Who asks, and from which address. */
export type WallAsker = { readonly name: string; readonly role: string; readonly from: string | null };

/** Why a request was turned down; the codes are those of `PROBLEMS`. */
export type WallRefusal = {
  readonly kind: "refused";
  readonly code: "not-found" | "not-open" | "store-failed";
  readonly detail: string;
};
export type WallAnswered<T> = { readonly kind: "ok"; readonly value: T } | WallRefusal;

/** A wall and the secret of its new link: told once, to who asked. */
export type ArmedWall = { readonly wall: Wall; readonly token: string };

/** What admins do with walls; one on `globalThis`, see `current.ts`. */
export type WallDesk = {
  /** In use, and revoked within the last 30 days; the newest first. */
  list(): Promise<Stored<readonly Wall[]>>;
  make(asker: WallAsker, title: string, scopes: Wall["scopes"]): Promise<WallAnswered<ArmedWall>>;
  /** A new link; the one before it is dead, and the browser that is the wall stays so until this one is opened. */
  arm(asker: WallAsker, id: string): Promise<WallAnswered<ArmedWall>>;
  revoke(asker: WallAsker, id: string): Promise<WallAnswered<Wall>>;
  close(): Promise<void>;
};

export type Clock = () => EpochMs;
