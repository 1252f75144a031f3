import type { Metadata } from "next";
import Link from "next/link";
import { PageNotice } from "@/components/ui/page-notice";
import { WallsPage } from "@/components/walls/walls-page";
import { roleAtLeast } from "@/lib/auth/actor";
import { wallsPath } from "@/lib/client/paths";
import { serverT } from "../../preferences";
import { requirePerson } from "../person";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("walls.title") };
}

export default async function Walls() {
  const { role } = await requirePerson(wallsPath());
  if (roleAtLeast(role, "admin")) return <WallsPage />;
  const t = await serverT();
  return (
    <main id="content" tabIndex={-1} className="outline-none">
      <PageNotice
        level="blind"
        title={t("walls.notAllowed")}
        text={t("auditPage.roleNeeded", { needed: t("user.role.admin"), role: t(`user.role.${role}`) })}
      >
        <Link href="/" className="text-accent underline underline-offset-4">
          {t("notFound.back")}
        </Link>
      </PageNotice>
    </main>
  );
}
