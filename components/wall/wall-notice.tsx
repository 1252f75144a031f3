"use client";
import { useEffect } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import { renewPage } from "@/lib/client/renewal";
import "./wall.css";

const AGAIN_MS = 10_000;

/**
 * Where no wall can be shown, in letters that are read from where one stands. `nobody`: not signed in. `revoked`: it was a wall.
 * `unknown`: whether it is one cannot be told now. `not-drawn`: the page itself failed. It tries again by itself.
 */
export function WallNotice(props: { about: "nobody" | "revoked" | "unknown" | "not-drawn" }) {
  const { about } = props;
  const t = useT();
  useEffect(() => {
    const timer = setInterval(() => void renewPage(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className="wall" data-theme="dark">
      <div className="wall-cover" role="alert" data-notice={about}>
        <div className="wall-cover-card">
          <StatusMark level="blind" className="wall-cover-mark" />
          <h1 className="wall-cover-title">{t(`wall.notice.${about}.title`)}</h1>
          <p className="wall-cover-text">{t(`wall.notice.${about}.text`)}</p>
        </div>
      </div>
    </main>
  );
}
