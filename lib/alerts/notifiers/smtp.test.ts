import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { smtpSender } from "./smtp";
import { smtp } from "./testing/configs";
import { notice } from "./testing/notice";

const running: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(onSocket: (socket: Socket, heard: (text: string) => void) => void) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket, (text) => heard.push(text));
  });
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, heard, sockets };
}

/** Speaks SMTP as far as told: the answer to a command, by its first word. */
const speaking = (answers: Readonly<Record<string, string>>) =>
  listening((socket, heard) => {
    socket.write("220 test\r\n");
    socket.on("data", (chunk: Buffer) => {
      const line = chunk.toString("utf8");
      heard(line);
      socket.write(`${answers[line.slice(0, 4).toUpperCase()] ?? "250 ok"}\r\n`);
    });
  });

describe("smtp", () => {
  test("a server that offers no encryption is told nothing but a greeting, unless the configuration says so", async () => {
    const { port, heard } = await speaking({ STAR: "502 no such thing" });
    const result = await smtpSender(smtp(port, { tls: "starttls" })).send(notice(), new AbortController().signal);
    expect(result).toMatchObject({ kind: "failed" });
    expect(heard.map((line) => line.slice(0, 4))).not.toContain("MAIL");
    expect(heard.join("")).not.toContain("1C ERP");
  });

  test("a server that takes the connection and says nothing is left when the signal is given", async () => {
    const leave = new AbortController();
    const { port, sockets } = await listening(() => setTimeout(() => leave.abort(), 20));
    const result = await smtpSender(smtp(port, { timeoutMs: 60_000 })).send(notice(), leave.signal);
    expect(result).toMatchObject({ kind: "failed", retry: true });
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed || socket.readableEnded)).toBe(true);
  });

  test("nobody listens: to be tried again", async () => {
    const { port } = await speaking({});
    await new Promise((resolve) => running.splice(0)[0]?.server.close(resolve));
    const result = await smtpSender(smtp(port)).send(notice(), new AbortController().signal);
    expect(result).toMatchObject({ kind: "failed", retry: true });
  });
});
