/** Two falling tones, told from a phone and from a door bell; in Hz, and in seconds from the beginning. */
const TONES = [
  { hertz: 880, at: 0 },
  { hertz: 622, at: 0.28 },
  { hertz: 880, at: 0.8 },
  { hertz: 622, at: 1.08 },
] as const;
const TONE_SECONDS = 0.24;
const LOUD = 0.35;

export type Speaker = {
  /** False: the browser lets no page sound by itself; a kiosk is started so that it does. */
  able(): boolean;
  play(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
};

/** A speaker on the browser's own audio; null where there is none. */
export function createSpeaker(): Speaker | null {
  if (typeof AudioContext === "undefined") return null;
  const context = new AudioContext();
  const wake = () => void context.resume().catch(() => undefined);
  wake();
  return {
    able: () => context.state === "running",
    play() {
      wake();
      if (context.state !== "running") return;
      for (const { hertz, at } of TONES) tone(context, hertz, context.currentTime + at);
    },
    subscribe(listener) {
      context.addEventListener("statechange", listener);
      return () => context.removeEventListener("statechange", listener);
    },
    close: () => void context.close().catch(() => undefined),
  };
}

function tone(context: AudioContext, hertz: number, from: number): void {
  const source = context.createOscillator();
  const gain = context.createGain();
  source.frequency.value = hertz;
  source.type = "triangle";
  // Without a ramp each tone would begin and end with a click.
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(LOUD, from + 0.02);
  gain.gain.linearRampToValueAtTime(0, from + TONE_SECONDS);
  source.connect(gain).connect(context.destination);
  source.start(from);
  source.stop(from + TONE_SECONDS);
}
