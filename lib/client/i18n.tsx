"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Locale } from "@/lib/format/locale";
import { type Catalogue, createT, type Translate } from "@/lib/format/message";

const Context = createContext<Translate | null>(null);

/** Gives everything below the texts of one language. The catalogue comes from the server: one language, not all. */
export function I18nProvider(props: { locale: Locale; catalogue: Catalogue; children: ReactNode }) {
  const { locale, catalogue } = props;
  const t = useMemo(() => createT(locale, catalogue, (problem) => console.error(problem)), [locale, catalogue]);
  return <Context value={t}>{props.children}</Context>;
}

/** The translator of the reader's language. */
export function useT(): Translate {
  const t = useContext(Context);
  if (!t) throw new Error("useT outside of I18nProvider");
  return t;
}
