import type { ReactNode } from "react";
import { Alive } from "@/components/wall/alive";
import { REVIVAL } from "@/components/wall/revival";

/** What every page of a wall has: somebody who loads it anew where its scripts never came. */
export default function WallLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and the only way to write a script into the first answer */}
      <script dangerouslySetInnerHTML={{ __html: REVIVAL }} />
      <Alive />
      {children}
    </>
  );
}
