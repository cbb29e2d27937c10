import "server-only";
import { render } from "@react-email/render";
import { createTranslator } from "next-intl";
import { Message, paragraph } from "../../../emails/message";
import type { Business } from "../../access";
import { accentOf } from "../../kernel/color";
import { baseUrl } from "../../platform/env";
import { load } from "../../platform/i18n/messages";
import { BULK_MAX, type BulkLetter, isRepeatable, mailTransport, sendLetters } from "../../platform/mail";
import { clickUrl, openedUrl, unsubscribeUrl } from "../link/token";
import type { Language, Purpose } from "../model";
import type { ChannelSender, Outgoing, Post, Rendered } from "../send/model";

/** E-mail through the installation's transport: Resend in batches, SMTP letter by letter, or the local mailbox. */
export const email: ChannelSender = {
  isRepeatable: () => isRepeatable(mailTransport()),
  batchMax: () => BULK_MAX[mailTransport()],
  concurrency: 4,
  send: async (batch, post) => {
    const letters = await Promise.all(batch.map((outgoing) => letterOf(outgoing, post)));
    return await sendLetters(letters, post.attemptId, post.now);
  },
};

async function letterOf({ message, rendered, address }: Outgoing, post: Post): Promise<BulkLetter> {
  const pointed = { businessId: post.business.id, messageId: message.id };
  const links = {
    click: rendered.url ? clickUrl(pointed) : undefined,
    unsubscribe: message.purpose === "marketing" ? unsubscribeUrl(pointed) : undefined,
    opened: openedUrl(pointed),
  };
  const written = await writeLetter(post.business, rendered, message.purpose, links);
  return {
    kind: "business",
    businessId: post.business.id,
    to: address.email ?? "",
    fromName: post.business.name,
    replyTo: post.settings.email.replyTo || null,
    messageId: `<${message.id}.${post.business.id}@${new URL(baseUrl()).hostname}>`,
    headers: links.unsubscribe
      ? {
          "List-Unsubscribe": `<${links.unsubscribe}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          "Feedback-ID": `${message.kind}:${post.business.id}:kolo`,
        }
      : { "Auto-Submitted": "auto-generated" },
    ...written,
  };
}

type Links = {
  readonly click: string | undefined;
  readonly unsubscribe: string | undefined;
  readonly opened: string | undefined;
};

/** A letter's three parts: subject, HTML and the plain text, which is written and not scraped. */
export async function writeLetter(
  business: Business,
  rendered: Rendered,
  purpose: Purpose,
  links: Links,
): Promise<{ subject: string; html: string; text: string }> {
  const body = rendered.mail ?? rendered.text;
  const hasButton = links.click !== undefined;
  const paper = await paperOf(business, rendered.locale, {
    hasButton,
    hasExit: links.unsubscribe !== undefined,
  });
  const filled = fill(paper.html, {
    preview: escape(rendered.text.slice(0, 140)),
    title: escape(rendered.title),
    body: paragraphsOf(body),
    button: escape(rendered.button ?? business.name),
    click: escape(links.click ?? ""),
    exit: escape(links.unsubscribe ?? ""),
  });
  const dot = links.opened ? `<img src="${escape(links.opened)}" width="1" height="1" alt="">` : "";
  const text = [
    rendered.title,
    body,
    links.click && `${rendered.button ?? ""} ${links.click}`.trim(),
    `--\n${paper.footer}`,
    links.unsubscribe && purpose === "marketing" && `${paper.exit}: ${links.unsubscribe}`,
  ];
  return {
    subject: (rendered.subject ?? rendered.title).replaceAll(/[\r\n]+/g, " "),
    html: filled.replace("</body>", `${dot}</body>`),
    text: `${text.filter(Boolean).join("\n\n")}\n`,
  };
}

type Paper = { readonly html: string; readonly footer: string; readonly exit: string };
const SLOTS = ["preview", "title", "body", "button", "click", "exit"] as const;
const slot = (name: (typeof SLOTS)[number]) => `kolo-slot-${name}-9f2c`;

/** Drawing a letter costs milliseconds, filling one in microseconds: a paper is drawn once for a business and language. */
const papers = new Map<string, Promise<Paper>>();
const PAPERS_MAX = 500;

async function paperOf(
  business: Business,
  locale: Language,
  { hasButton, hasExit }: { hasButton: boolean; hasExit: boolean },
): Promise<Paper> {
  const key = JSON.stringify([
    business.id.toString(),
    business.name,
    business.accent,
    locale,
    hasButton,
    hasExit,
  ]);
  let paper = papers.get(key);
  if (!paper) {
    if (papers.size >= PAPERS_MAX) papers.clear();
    paper = draw(business, locale, { hasButton, hasExit });
    papers.set(key, paper);
  }
  return await paper;
}

async function draw(
  business: Business,
  locale: Language,
  { hasButton, hasExit }: { hasButton: boolean; hasExit: boolean },
): Promise<Paper> {
  const t = createTranslator({
    locale,
    messages: { mail: await load(locale, "mail") },
    namespace: "mail.message",
  });
  const footer = t("footer", { business: business.name });
  const exit = t("unsubscribe");
  const { light } = accentOf(business.accent);
  const html = await render(
    <Message
      locale={locale}
      preview={slot("preview")}
      title={slot("title")}
      body={slot("body")}
      business={business.name}
      accent={light.fill}
      ink={light.onFill}
      footer={footer}
      button={hasButton ? { label: slot("button"), url: slot("click") } : undefined}
      unsubscribe={hasExit ? { label: exit, url: slot("exit") } : undefined}
    />,
  );
  return { html, footer, exit };
}

const fill = (html: string, values: Record<(typeof SLOTS)[number], string>): string =>
  SLOTS.reduce((filled, name) => filled.replaceAll(slot(name), () => values[name]), html);

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

const STYLE = Object.entries(paragraph)
  .map(([name, value]) => `${name.replaceAll(/[A-Z]/g, (char) => `-${char.toLowerCase()}`)}:${value}`)
  .join(";");

/** An empty line ends a paragraph, a single break stays one. */
const paragraphsOf = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p style="${STYLE}">${escape(part).replaceAll("\n", "<br>")}</p>`)
    .join("");
