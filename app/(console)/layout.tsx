import { connection } from "next/server";
import type { ReactNode } from "react";
import { ActionProvider } from "@/components/actions/action-provider";
import { ConsoleHeader } from "@/components/shell/console-header";
import { LifelessCover } from "@/components/shell/lifeless-cover";
import { SignInAgain } from "@/components/shell/sign-in-again";
import { SkipLink } from "@/components/shell/skip-link";
import { LiveProvider, type Seed } from "@/lib/client/live-provider";
import { config } from "@/lib/config/current";
import { instant } from "@/lib/domain/ids";
import { live } from "@/lib/live/current";
import { readerTheme } from "../preferences";
import { readUser } from "./person";

/** What the server knows now, so that the first paint already shows the clusters. */
function seed(): Seed {
  const store = live();
  const snapshots = (store?.scopes() ?? []).flatMap((scope) => store?.snapshot(scope) ?? []);
  return { boot: store?.boot ?? "", now: instant(Date.now()), snapshots };
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await connection();
  const user = await readUser();
  // The page knows its own address and sends the reader to sign in and back; nothing that it draws works outside of this frame.
  if (!user) return children;
  const clusters = config().clusters.map(({ scope, title, environment }) => ({ scope, title, environment }));
  const known = seed();
  return (
    <LiveProvider clusters={clusters} seed={known}>
      <LifelessCover drawnAt={known.now} />
      <ActionProvider reader={{ name: user.name, role: user.role }}>
        <SkipLink />
        <ConsoleHeader person={{ name: user.name, role: user.role }} theme={await readerTheme()} />
        <SignInAgain />
        {children}
      </ActionProvider>
    </LiveProvider>
  );
}
