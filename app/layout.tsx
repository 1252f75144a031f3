import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { I18nProvider } from "@/lib/client/i18n";
import { pageCatalogue, readerLocale, readerTheme, serverT } from "./preferences";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await serverT();
  return {
    title: { default: "Matriarch", template: "%s · Matriarch" },
    description: t("shell.description"),
    robots: { index: false, follow: false },
    icons: { icon: "/icon.svg" },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([readerLocale(), readerTheme()]);
  return (
    // The switch writes the attribute on the very element that the server drew.
    <html lang={locale} {...(theme === "system" ? {} : { "data-theme": theme })} suppressHydrationWarning>
      <body className="bg-canvas text-ink">
        <I18nProvider locale={locale} catalogue={pageCatalogue(locale)}>
          {children}
        </I18nProvider>
      </body>
    </html>
  );
}
