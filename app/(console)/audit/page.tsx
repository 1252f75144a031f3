import type { Metadata } from "next";
import Link from "next/link";
import { AuditPage } from "@/components/audit/audit-page";
import { PageNotice } from "@/components/ui/page-notice";
import { roleAtLeast } from "@/lib/auth/actor";
import { auditPath } from "@/lib/client/paths";
import { config } from "@/lib/config/current";
import { serverT } from "../../preferences";
import { requirePerson } from "../person";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("auditPage.title") };
}

export default async function Audit() {
  const { role } = await requirePerson(auditPath());
  if (!roleAtLeast(role, "admin")) return <NotAllowed role={role} />;
  const { users, tokens } = config().auth;
  const people = [...new Set([...users, ...tokens].map(({ name }) => name))].sort();
  return <AuditPage people={[...people, "dashboard"]} />;
}

async function NotAllowed(props: { role: string }) {
  const t = await serverT();
  return (
    <main id="content" tabIndex={-1} className="outline-none">
      <PageNotice
        level="blind"
        title={t("auditPage.notAllowed")}
        text={t("auditPage.roleNeeded", { needed: t("user.role.admin"), role: t(`user.role.${props.role}`) })}
      >
        <Link href="/" className="text-accent underline underline-offset-4">
          {t("notFound.back")}
        </Link>
      </PageNotice>
    </main>
  );
}
