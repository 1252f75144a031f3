"use client";
import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { MENU_ITEM, Menu } from "@/components/ui/menu";
import { useT } from "@/lib/client/i18n";
import { chooseLocale, chooseTheme, THEME_EVENT, type Theme } from "@/lib/client/preferences";
import { LOCALES, type Locale } from "@/lib/format/locale";

const THEMES: readonly { readonly theme: Theme; readonly Icon: typeof Sun }[] = [
  { theme: "system", Icon: Monitor },
  { theme: "light", Icon: Sun },
  { theme: "dark", Icon: Moon },
];

/** The theme in force, shared by every switch on the page. */
function useTheme(initial: Theme): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    const follow = (event: Event) => setTheme((event as CustomEvent<Theme>).detail);
    window.addEventListener(THEME_EVENT, follow);
    return () => window.removeEventListener(THEME_EVENT, follow);
  }, []);
  return [theme, chooseTheme];
}

export function ThemeMenu(props: { initial: Theme }) {
  const t = useT();
  const [theme] = useTheme(props.initial);
  const Current = THEMES.find((entry) => entry.theme === theme)?.Icon ?? Monitor;
  return (
    <Menu label={t("theme.label")} align="end" button={<Current size={16} aria-hidden="true" />}>
      <ThemeOptions initial={theme} />
    </Menu>
  );
}

export function ThemeOptions(props: { initial: Theme }) {
  const t = useT();
  const [theme, choose] = useTheme(props.initial);
  return (
    <ul aria-label={t("theme.label")}>
      {THEMES.map(({ theme: option, Icon }) => (
        <li key={option}>
          <button type="button" aria-current={option === theme} className={MENU_ITEM} onClick={() => choose(option)}>
            <Icon size={16} aria-hidden="true" className="text-ink-3" />
            {t(`theme.${option}`)}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Names of the languages in themselves, so that whoever landed in the wrong one finds the way out. */
const NAMES: Readonly<Record<Locale, string>> = { en: "English", ru: "Русский" };

export function LocaleMenu() {
  const t = useT();
  return (
    <Menu
      label={t("locale.label")}
      align="end"
      button={
        <>
          <Languages size={16} aria-hidden="true" />
          <span className="uppercase">{t.locale}</span>
        </>
      }
    >
      <LocaleOptions />
    </Menu>
  );
}

export function LocaleOptions() {
  const t = useT();
  const router = useRouter();
  return (
    <ul aria-label={t("locale.label")}>
      {LOCALES.map((locale) => (
        <li key={locale}>
          <button
            type="button"
            lang={locale}
            aria-current={locale === t.locale}
            className={MENU_ITEM}
            onClick={() => {
              chooseLocale(locale);
              router.refresh();
            }}
          >
            {NAMES[locale]}
          </button>
        </li>
      ))}
    </ul>
  );
}
