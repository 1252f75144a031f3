"use client";
import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { MENU_ITEM, Menu } from "@/components/ui/menu";
import { useT } from "@/lib/client/i18n";
import { chooseLocale, chooseTheme, type Theme } from "@/lib/client/preferences";
import { LOCALES, type Locale } from "@/lib/format/locale";

const THEMES: readonly { readonly theme: Theme; readonly Icon: typeof Sun }[] = [
  { theme: "system", Icon: Monitor },
  { theme: "light", Icon: Sun },
  { theme: "dark", Icon: Moon },
];

export function ThemeMenu(props: { initial: Theme }) {
  const t = useT();
  const [theme, setTheme] = useState(props.initial);
  const Current = THEMES.find((entry) => entry.theme === theme)?.Icon ?? Monitor;
  return (
    <Menu label={t("theme.label")} align="end" button={<Current size={16} aria-hidden="true" />}>
      <ul>
        {THEMES.map(({ theme: option, Icon }) => (
          <li key={option}>
            <button
              type="button"
              aria-current={option === theme}
              className={MENU_ITEM}
              onClick={() => {
                chooseTheme(option);
                setTheme(option);
              }}
            >
              <Icon size={16} aria-hidden="true" className="text-ink-3" />
              {t(`theme.${option}`)}
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}

/** Names of the languages in themselves, so that whoever landed in the wrong one finds the way out. */
const NAMES: Readonly<Record<Locale, string>> = { en: "English", ru: "Русский" };

export function LocaleMenu() {
  const t = useT();
  const router = useRouter();
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
      <ul>
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
    </Menu>
  );
}
