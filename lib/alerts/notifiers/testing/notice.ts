import type { Alert } from "@/lib/domain/alerts/types";
import { clusterScope, type Instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Notice, NoticeAlert } from "../types";

const at = (text: string) => text as Instant;
export const DEMO = clusterScope("demo");

export const alert = (over: Partial<Alert> = {}): Alert => ({
  id: "a1b2c3",
  scope: DEMO,
  findingId: "vip-nowhere:10.0.0.200",
  rule: "vip-nowhere",
  severity: "critical",
  subject: "10.0.0.200",
  text: message("domain.vip.not-seen", { address: "10.0.0.200" }),
  state: "firing",
  startedAt: at("2026-11-21T03:00:00.000Z"),
  firedAt: at("2026-11-21T03:00:10.000Z"),
  resolvedAt: null,
  flaps: 0,
  acknowledged: null,
  silencedBy: null,
  ...over,
});

export const noticeAlert = (over: Partial<Alert> = {}, more: Partial<NoticeAlert> = {}): NoticeAlert => ({
  alert: alert(over),
  cluster: { scope: DEMO, title: "1C ERP", environment: "production" },
  follows: [],
  url: "https://dba.example.com/clusters/demo/findings",
  ...more,
});

export const notice = (over: Partial<Notice> = {}): Notice => ({
  id: "delivery-1",
  about: "firing",
  language: "en",
  at: at("2026-11-21T03:00:20.000Z"),
  alerts: [noticeAlert()],
  url: "https://dba.example.com/alerts",
  ...over,
});

/** The end of the same episode. */
export const resolved = (over: Partial<Notice> = {}): Notice =>
  notice({
    id: "delivery-2",
    about: "resolved",
    at: at("2026-11-21T03:06:00.000Z"),
    alerts: [noticeAlert({ state: "resolved", resolvedAt: at("2026-11-21T03:05:00.000Z") })],
    ...over,
  });
