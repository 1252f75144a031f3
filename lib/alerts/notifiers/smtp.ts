import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import type { SmtpConfig } from "@/lib/config/types";
import { failedMail, refusedReceivers } from "./smtp-failure";
import { mailOf } from "./smtp-mail";
import { composeNotice } from "./text/compose";
import type { Sender } from "./types";

/**
 * One mail a notice, to all receivers, over a connection of its own. With `starttls` not a word is said before the connection is
 * encrypted, and the server's certificate is checked; a server that offers no encryption fails.
 */
export function smtpSender(config: SmtpConfig): Sender {
  return {
    async send(notice, signal) {
      let socket: Socket | null = null;
      const opened = (one: Socket) => {
        socket = one;
      };
      const give = limitOf(signal, () => socket?.destroy());
      try {
        const transport = createTransport(transportOf(config, opened));
        const sent = transport.sendMail(mailOf(config, notice, composeNotice(notice)));
        const info = await Promise.race([sent, give.reached]);
        return refusedReceivers(info, config);
      } catch (error) {
        return failedMail(error, signal.aborted, config);
      } finally {
        give.clear();
      }
    },
  };
}

function transportOf(config: SmtpConfig, opened: (socket: Socket) => void): SMTPTransport.Options {
  const { host, port, tls, ca, insecure, username, password, timeoutMs } = config;
  return {
    host,
    port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    tls: { rejectUnauthorized: !insecure, ...(ca === null ? {} : { ca }) },
    ...(username === null ? {} : { auth: { user: username, pass: password?.reveal() ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing of a notice is ever to be read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    // A socket of our own, because one of nodemailer's cannot be given up while it connects or waits.
    getSocket(_options, callback) {
      const socket = connect({ host, port });
      opened(socket);
      const failed = (error: Error) => callback(error, null);
      socket.once("error", failed);
      socket.once("connect", () => {
        socket.off("error", failed);
        callback(null, { connection: socket });
      });
    },
  };
}

/** Rejects when the signal is given, after `leave` was called. */
function limitOf(signal: AbortSignal, leave: () => void) {
  let reject: (cause: Error) => void = () => undefined;
  const reached = new Promise<never>((_, no) => {
    reject = no;
  });
  reached.catch(() => undefined);
  const stop = () => {
    reject(new Error("aborted"));
    leave();
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return { reached, clear: () => signal.removeEventListener("abort", stop) };
}
