import { act, cleanup, render } from "@testing-library/react";
import { vi } from "vitest";
import { I18nProvider } from "@/lib/client/i18n";
import { LiveProvider } from "@/lib/client/live-provider";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, type SampleKind, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import type { Catalogue } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { readWallOptions, type WallSearch } from "../options";
import { WallPage } from "../wall-page";

/** The wall's page on a stream that a test feeds by hand, at the moment that the samples are pictures of. */

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ru };
let boots = 0;
let boot = "";
let streamStatus = 200;

/** Before each test. */
export function beginWall(): void {
  vi.useFakeTimers({ now: SAMPLE_NOW });
  vi.stubGlobal("EventSource", FakeEventSource);
  vi.stubGlobal("fetch", async (input: RequestInfo | URL) =>
    String(input).includes("/stream")
      ? new Response("", { status: streamStatus })
      : new Response(JSON.stringify({ scope: "x", events: [], next: null })),
  );
  // The page's cache outlives a test; each test's pictures are those of another process.
  boots += 1;
  boot = `boot ${boots}`;
  streamStatus = 200;
}

/** After each test. */
export function endWall(): void {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
}

/** What the stream's address answers when it is asked why it failed. */
export function answerStream(status: number): void {
  streamStatus = status;
}

export const picture = (kind: SampleKind, index: number): Snapshot =>
  sampleSnapshot(kind, { scope: `c${index}`, title: `Cluster ${index}` });

export function show(snapshots: readonly Snapshot[], search: WallSearch = {}, locale: Locale = "en") {
  const clusters = snapshots.map(({ scope, title, environment }) => ({ scope, title, environment }));
  return render(
    <I18nProvider locale={locale} catalogue={CATALOGUES[locale]}>
      <LiveProvider clusters={clusters} seed={{ boot, now: instant(SAMPLE_NOW), snapshots }}>
        <WallPage boot={boot} options={readWallOptions(search)} />
      </LiveProvider>
    </I18nProvider>,
  );
}

export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
export const say = (type: string, data?: unknown) => act(async () => FakeEventSource.last?.emit(type, data));
export const heartbeat = () => say("heartbeat", { type: "heartbeat", boot, now: new Date(Date.now()).toISOString() });

/** A newer picture of a cluster, from the process that drew the page unless another is named. */
export const renew = (snapshot: Snapshot, from = boot) =>
  say("snapshot", { type: "snapshot", boot: from, now: new Date(Date.now()).toISOString(), snapshot });

export const levels = (container: HTMLElement) =>
  [...container.querySelectorAll("[data-level]")].map((one) => one.getAttribute("data-level"));
/** As a person reads it: units stand behind spaces that do not break. */
export const told = (element: Element | null | undefined) => (element?.textContent ?? "").replaceAll(/\s/g, " ");
export const tile = (container: HTMLElement, scope: string) =>
  container.querySelector<HTMLElement>(`[data-cluster="${scope}"]`) as HTMLElement;
