/** Each transport against a stand-in that speaks its protocol: what arrives, and what happens when nothing does. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test, vi } from "vitest";
import { asOwner } from "@/tests/support/database";

const letter = {
  kind: "person" as const,
  businessId: null,
  to: "anna@example.com",
  subject: "Ваш код — 123456",
  html: "<p>Код <b>123456</b></p>",
  text: "Код 123456\n",
};
const NOW = new Date("2026-03-03T10:00:00Z");
const closing: (() => unknown)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

/** The mailer as it comes up with other settings: they are read once per process. */
async function mailer(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const { closeSmtp } = await import("./smtp");
  closing.push(closeSmtp);
  return await import(".");
}

async function smtpServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        received.push(text);
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { received, port };
}

async function httpServer(answer: (body: string) => { status: number; body: unknown }) {
  const requests: { path: string; authorization: string; body: Record<string, unknown> }[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { url = "", headers } = request;
      requests.push({ path: url, authorization: headers.authorization ?? "", body: JSON.parse(text) });
      const { status, body } = answer(text);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("SMTP: both parts arrive, from whom the settings say", async () => {
  const { received, port } = await smtpServer();
  const mail = await mailer({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Kolo <kolo@salon.example>" });
  expect(mail.mailTransport()).toBe("smtp");
  await mail.sendMail(letter, NOW);
  await mail.sendMail(letter, NOW);
  expect(received).toHaveLength(2);
  const [text = ""] = received;
  expect(text).toContain("From: Kolo <kolo@salon.example>");
  expect(text).toContain("To: anna@example.com");
  expect(text).toContain("Auto-Submitted: auto-generated");
  expect(text).toMatch(/Content-Type: text\/plain; charset=utf-8/);
  expect(text).toMatch(/Content-Type: text\/html; charset=utf-8/);
});

test("SMTP: with a name and a password", async () => {
  const seen: string[] = [];
  const { received, port } = await smtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      seen.push(`${auth.username}:${auth.password}`);
      done(null, { user: auth.username });
    },
  });
  const mail = await mailer({ SMTP_URL: `smtp://post:p%40ss@127.0.0.1:${port}` });
  await mail.sendMail(letter, NOW);
  expect(received).toHaveLength(1);
  expect(seen).toEqual(["post:p@ss"]);
});

test("SMTP: a server that says no, and one that is not there, are mail_failed", async () => {
  const { port } = await smtpServer({ onRcptTo: (_to, _session, done) => done(new Error("no such box")) });
  const refusing = await mailer({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  await expect(refusing.sendMail(letter, NOW)).rejects.toMatchObject({ code: "mail_failed" });
  const away = await mailer({ SMTP_URL: "smtp://127.0.0.1:1" });
  await expect(away.sendMail(letter, NOW)).rejects.toMatchObject({ code: "mail_failed" });
});

test("Resend: one POST with the key; an error of theirs is mail_failed", async () => {
  const good = await httpServer(() => ({ status: 200, body: { id: "1" } }));
  const settings = { RESEND_API_KEY: "re_key", MAIL_FROM: "Kolo <kolo@salon.example>" };
  const mail = await mailer({ ...settings, RESEND_BASE_URL: good.url });
  expect(mail.mailTransport()).toBe("resend");
  await mail.sendMail(letter, NOW);
  expect(good.requests).toHaveLength(1);
  expect(good.requests[0]).toMatchObject({
    path: "/emails",
    authorization: "Bearer re_key",
    body: {
      from: "Kolo <kolo@salon.example>",
      to: "anna@example.com",
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
    },
  });
  const bad = await httpServer(() => ({
    status: 403,
    body: { name: "invalid_api_key", message: "no", statusCode: 403 },
  }));
  const failing = await mailer({ ...settings, RESEND_BASE_URL: bad.url });
  await expect(failing.sendMail(letter, NOW)).rejects.toMatchObject({ code: "mail_failed" });
});

test("the local mailbox keeps the newest five hundred", async () => {
  const mail = await mailer({});
  expect(mail.mailTransport()).toBe("mailbox");
  await asOwner(
    `INSERT INTO mail (id, kind, recipient, subject, html, text, at)
     SELECT n, 'person', 'old@example.com', 's', 'h', 't', now() FROM generate_series(1, 700) n`,
  );
  await mail.sendMail(letter, NOW);
  const [row] = await asOwner<{ count: number; oldest: string }>(
    "SELECT count(*)::int AS count, min(id)::text AS oldest FROM mail",
  );
  expect(row).toEqual({ count: 500, oldest: "202" });
  const [kept] = await mail.keptLetters(1n, undefined, 10);
  expect(kept).toMatchObject({ recipient: letter.to, subject: letter.subject, at: NOW });
});
