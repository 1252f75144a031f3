/** Turns at something that serves one at a time. */
export type Turns = {
  /** Resolves when it is the caller's turn, with what gives the turn back. Urgent callers go before all that wait and are not. */
  take(urgent: boolean): Promise<() => void>;
  /** True while somebody has the turn. */
  taken(): boolean;
};

export function makeTurns(): Turns {
  let taken = false;
  const urgentOnes: (() => void)[] = [];
  const others: (() => void)[] = [];

  function next() {
    const waiting = urgentOnes.shift() ?? others.shift();
    taken = waiting !== undefined;
    waiting?.();
  }

  return {
    take(urgent) {
      return new Promise((resolve) => {
        let given = false;
        const giveBack = () => {
          if (given) return;
          given = true;
          next();
        };
        const start = () => resolve(giveBack);
        if (taken) (urgent ? urgentOnes : others).push(start);
        else {
          taken = true;
          start();
        }
      });
    },
    taken: () => taken,
  };
}
