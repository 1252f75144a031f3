import type { AlertText, NoticeText } from "./compose";
import { cut } from "./compose";

const SHORT_CHARS_MAX = 300;

/**
 * The fullest form of a notice that `draw` fits into `max` characters: first what to do goes, then what follows, then the facts, then
 * alerts from the end, which are counted. Drawn whole each time, so that no markup is cut in two.
 */
export function fitNotice(notice: NoticeText, draw: (notice: NoticeText, left: number) => string, max: number): string {
  const bare = (one: AlertText): AlertText => ({ ...one, advice: [], follows: null });
  const tiny = (one: AlertText): AlertText => ({
    ...bare(one),
    facts: [],
    cluster: cut(one.cluster, SHORT_CHARS_MAX),
    title: cut(one.title, SHORT_CHARS_MAX),
    text: cut(one.text, SHORT_CHARS_MAX),
  });
  const forms = [
    notice.alerts,
    notice.alerts.map((one) => ({ ...one, advice: one.advice.slice(0, 1) })),
    notice.alerts.map((one) => ({ ...one, advice: [] })),
    notice.alerts.map(bare),
    notice.alerts.map(tiny),
  ];
  for (const alerts of forms) {
    const drawn = draw({ ...notice, alerts }, 0);
    if (drawn.length <= max) return drawn;
  }
  const small = notice.alerts.map(tiny);
  const first = (count: number) => draw({ ...notice, alerts: small.slice(0, count) }, small.length - count);
  const count = largestFitting(small.length - 1, (one) => first(one).length <= max);
  if (count > 0) return first(count);
  return draw({ ...notice, lead: cut(notice.subject, SHORT_CHARS_MAX), alerts: [] }, small.length);
}

/** The largest number up to `most` that fits, where every smaller one fits too; 0 when not even one does. By halves: drawing is dear. */
function largestFitting(most: number, fits: (count: number) => boolean): number {
  let [fitting, unfit] = [0, most + 1];
  while (unfit - fitting > 1) {
    const middle = Math.floor((fitting + unfit) / 2);
    if (fits(middle)) fitting = middle;
    else unfit = middle;
  }
  return fitting;
}
