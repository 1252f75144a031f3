"use client";
import { type FormEvent, useRef, useState } from "react";
import { type SignInProblem, safeReturnPath, signIn } from "@/lib/client/auth";
import { useT } from "@/lib/client/i18n";
import { formatAge } from "@/lib/format/duration";

const INPUT =
  "h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink aria-invalid:border-crit disabled:text-ink-3";

/** Name and password; an error is announced and leaves what was typed. */
export function SignInForm(props: { returnTo: string | null }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const found = await signIn(String(form.get("username") ?? ""), String(form.get("password") ?? ""));
    if (found === null) {
      // A full load: the server draws the first page with the new session.
      window.location.assign(safeReturnPath(props.returnTo));
      return;
    }
    setBusy(false);
    setProblem(found);
    password.current?.select();
  };

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <Field label={t("signIn.username")}>
        <input
          name="username"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          aria-invalid={problem?.kind === "credentials"}
          className={INPUT}
        />
      </Field>
      <Field label={t("signIn.password")}>
        <input
          ref={password}
          name="password"
          type="password"
          required
          autoComplete="current-password"
          aria-invalid={problem?.kind === "credentials"}
          className={INPUT}
        />
      </Field>
      <div role="alert" className="empty:hidden">
        {problem ? (
          <p className="rounded-md border border-crit-line bg-crit-soft px-3 py-2 text-sm text-crit">
            {text(t, problem)}
          </p>
        ) : null}
      </div>
      <button
        type="submit"
        disabled={busy}
        className="h-10 rounded-md bg-ink px-4 text-base font-semibold text-canvas hover:opacity-90 disabled:opacity-60"
      >
        {busy ? t("signIn.busy") : t("signIn.submit")}
      </button>
    </form>
  );
}

function text(t: ReturnType<typeof useT>, problem: SignInProblem): string {
  if (problem.kind !== "throttled") return t(`signIn.problem.${problem.kind}`);
  return problem.seconds === null
    ? t("signIn.problem.throttled")
    : t("signIn.problem.throttledFor", { wait: formatAge(t, problem.seconds * 1000) });
}

function Field(props: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="flex flex-col gap-1.5 text-sm font-medium text-ink-2">
      {props.label}
      {props.children}
    </label>
  );
}
