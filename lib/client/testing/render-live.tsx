import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import type { Catalogue } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { I18nProvider } from "../i18n";
import { LiveProvider } from "../live-provider";

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ru };

/** An event stream that a test feeds by hand. */
export class FakeEventSource {
  static last: FakeEventSource | null = null;
  readonly url: string;
  #listeners = new Map<string, ((event: { data?: unknown }) => void)[]>();
  closed = false;
  constructor(url: string | URL) {
    this.url = String(url);
    FakeEventSource.last = this;
  }
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  emit(type: string, data?: unknown): void {
    const event = data === undefined ? {} : { data: JSON.stringify(data) };
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
  close(): void {
    this.closed = true;
  }
}

/** Renders inside the providers that every page stands in, at the moment that the samples are pictures of. */
export function renderLive(node: ReactElement, locale: Locale = "en") {
  return render(
    <I18nProvider locale={locale} catalogue={CATALOGUES[locale]}>
      <LiveProvider clusters={[]} seed={{ boot: "test", now: new Date(SAMPLE_NOW).toISOString(), snapshots: [] }}>
        {node}
      </LiveProvider>
    </I18nProvider>,
  );
}
