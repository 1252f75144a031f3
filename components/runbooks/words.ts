import type { LocalText } from "@/lib/domain/runbooks/runbook";
import type { Translate } from "@/lib/format/message";

/** A text of a runbook in the reader's language, as it was written: placeholders are not filled. */
export const localText = (t: Translate, text: LocalText): string => text[t.locale];
