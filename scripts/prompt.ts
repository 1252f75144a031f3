import type { ReadStream } from "node:tty";

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const ERASE = new Set(["\u0008", "\u007f"]);

export async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Asks on the terminal for one line that is not shown while it is typed. Ctrl-C ends the process. */
export function promptHidden(question: string, input: ReadStream = process.stdin): Promise<string> {
  process.stderr.write(question);
  input.setEncoding("utf8");
  input.setRawMode(true);
  input.resume();
  return new Promise((resolve) => {
    let typed = "";
    const end = () => {
      input.off("data", onData);
      input.setRawMode(false);
      input.pause();
      process.stderr.write("\n");
    };
    const onData = (chunk: string | Buffer) => {
      for (const char of String(chunk)) {
        if (char === "\r" || char === "\n" || char === CTRL_D) {
          end();
          resolve(typed);
          return;
        }
        if (char === CTRL_C) {
          end();
          process.exit(130);
        }
        typed = ERASE.has(char) ? [...typed].slice(0, -1).join("") : typed + char;
      }
    };
    input.on("data", onData);
  });
}
