import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LocaleMenu, ThemeMenu } from "@/components/shell/preference-menus";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { BrandMark } from "@/components/ui/brand-mark";
import { currentUser } from "@/lib/auth/current-user";
import { safeReturnPath } from "@/lib/client/auth";
import { readerTheme, serverT } from "../../preferences";

type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT())("signIn.title") };
}

export default async function SignInPage(props: { searchParams: Search }) {
  const { callbackUrl } = await props.searchParams;
  const returnTo = typeof callbackUrl === "string" ? callbackUrl : null;
  if (await currentUser()) redirect(safeReturnPath(returnTo));
  const [t, theme] = await Promise.all([serverT(), readerTheme()]);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-3">
          <BrandMark size={32} />
          <div>
            <h1 className="text-lg leading-tight font-semibold tracking-[-0.01em]">Matriarch</h1>
            <p className="text-sm text-ink-3">{t("signIn.lead")}</p>
          </div>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <SignInForm returnTo={returnTo} />
        </div>
        <div className="mt-4 flex justify-end gap-1">
          <LocaleMenu />
          <ThemeMenu initial={theme} />
        </div>
      </div>
    </main>
  );
}
