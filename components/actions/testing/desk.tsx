import { act, render } from "@testing-library/react";
import { type ReactNode, useEffect } from "react";
import { I18nProvider } from "@/lib/client/i18n";
import { LiveProvider } from "@/lib/client/live-provider";
import { queryClient } from "@/lib/client/query-client";
import type { Plan } from "@/lib/domain/actions/plan";
import { instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { useActionDialog } from "../action-context";
import { ActionProvider } from "../action-provider";
import { ActionScope } from "../action-scope";
import type { ActionDraft } from "../draft";
import type { UserRole } from "../role";

/** A browser's tab on one cluster, with a server that answers what a test says. */
export type FakeServer = {
  /** Answers `POST …/plans`; an error answers with its own status. */
  plan: (attempt: number) => Plan | Response;
  /** Answers `POST …/operations` and everything else. */
  answer: (url: string, body: unknown) => Response | Promise<Response>;
  readonly posted: { readonly url: string; readonly body: unknown }[];
};

export const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });

export const problem = (code: string, status: number, more: Readonly<Record<string, unknown>> = {}): Response =>
  json({ type: `urn:matriarch:problem:${code}`, title: code, status, ...more }, status);

export function fakeServer(over: Partial<FakeServer> = {}): FakeServer {
  return {
    plan: () => problem("not-found", 404),
    answer: () => json({ title: "not found" }, 404),
    posted: [],
    ...over,
  };
}

export function serverFetch(server: FakeServer): typeof fetch {
  let plans = 0;
  return async (input, init) => {
    const url = String(input);
    if (init?.method !== "POST") return server.answer(url, null);
    const body: unknown = JSON.parse(String(init.body));
    server.posted.push({ url, body });
    if (!url.endsWith("/plans")) return server.answer(url, body);
    plans += 1;
    const plan = server.plan(plans);
    return plan instanceof Response ? plan : json(plan);
  };
}

/** jsdom knows the element and none of its ways. */
export function dialogsInJsdom(): void {
  const { prototype } = HTMLDialogElement;
  prototype.showModal = function showModal() {
    this.open = true;
  };
  prototype.close = function close() {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
}

/** Draws `children` where the buttons of a cluster stand, at the moment that the samples are pictures of. */
export async function renderDesk(
  snapshot: Snapshot,
  options: {
    readonly draft?: ActionDraft;
    readonly follow?: string;
    readonly role?: UserRole;
    readonly name?: string;
    readonly locale?: Locale;
    readonly children?: ReactNode;
  } = {},
) {
  // The tab's cache outlives a test, and would hold back a picture of the same number.
  queryClient().clear();
  const { role = "operator", name = "ivanova", locale = "en" } = options;
  const seed = { boot: "test", now: instant(SAMPLE_NOW), snapshots: [snapshot] };
  const { scope, title, environment } = snapshot;
  const view = render(
    <I18nProvider locale={locale} catalogue={locale === "ru" ? ru : en}>
      <LiveProvider clusters={[{ scope, title, environment }]} seed={seed}>
        <ActionProvider reader={{ name, role }}>
          <ActionScope scope={scope}>{options.children}</ActionScope>
          <Opener scope={scope} draft={options.draft ?? null} follow={options.follow ?? null} />
        </ActionProvider>
      </LiveProvider>
    </I18nProvider>,
  );
  await settle();
  return view;
}

/** What an element says, with plain spaces between a figure and its unit. */
export const plainText = (element: Element | null): string =>
  (element?.textContent ?? "").replaceAll("\u00a0", " ").replaceAll("\u202f", " ");

/** Lets answers arrive. */
export const settle = () => act(async () => void (await new Promise((done) => setTimeout(done, 20))));

function Opener(props: { scope: string; draft: ActionDraft | null; follow: string | null }) {
  const { scope, draft, follow } = props;
  const dialog = useActionDialog();
  useEffect(() => {
    if (draft !== null) dialog.open(scope, draft);
    if (follow !== null) dialog.follow(scope, follow);
  }, [dialog, scope, draft, follow]);
  return null;
}
