import Link from "next/link";
import { PageNotice } from "@/components/ui/page-notice";
import { serverT } from "./preferences";

export default async function NotFound() {
  const t = await serverT();
  return (
    <main>
      <PageNotice level="blind" title={t("notFound.title")} text={t("notFound.page")}>
        <Link href="/" className="text-accent underline underline-offset-4">
          {t("notFound.back")}
        </Link>
      </PageNotice>
    </main>
  );
}
