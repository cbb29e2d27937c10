import "server-only";
import { randomUUID } from "node:crypto";
import { audit, type Context, require } from "../../access";
import { newId } from "../../kernel/ids";
import { Refused } from "../../kernel/refusals";
import { violatedConstraint, withBusiness } from "../../platform/db";
import { sendLetters } from "../../platform/mail";
import { writeLetter } from "../channels/email";
import { senders } from "../channels/senders";
import type { Content, Language } from "../model";
import { addressOf } from "../person/person";
import { peopleOf } from "../person/store";
import type { Claimed, Rendered } from "../send/model";
import { readKeys, readSettings } from "../settings/store";
import { lint } from "../template/lint/model";
import { render, SAMPLES } from "../template/model";
import type { TemplateDraft } from "../template/schema";
import * as store from "./store";

export type { Template } from "./store";

/** All templates in use, by name, each in its latest version. */
export async function templates(ctx: Context): Promise<store.Template[]> {
  require(ctx, "messages:read");
  return await withBusiness(ctx.business.id, (tx) => store.list(tx, ctx.business.id));
}

/** One template in its latest version. Refuses: `not_found`. */
export async function template(ctx: Context, id: bigint): Promise<store.Template> {
  require(ctx, "messages:read");
  const found = await withBusiness(ctx.business.id, (tx) => store.find(tx, ctx.business.id, id));
  if (!found) throw new Refused("not_found");
  return found;
}

/**
 * Saves a draft as a new template or as the next version of one; messages queued before keep the version they name.
 *
 * Refuses: `invalid` for a draft with errors (`field` says what), `name_taken`, `stale`.
 */
export async function saveTemplate(
  ctx: Context,
  draft: TemplateDraft,
): Promise<{ templateId: bigint; version: number }> {
  require(ctx, "messages:write");
  const [error] = lint(draft.content).filter(({ level }) => level === "error");
  if (error) throw new Refused("invalid", { field: error.field, locale: error.locale, problem: error.code });
  try {
    return await withBusiness(ctx.business.id, async (tx) => {
      const { templateId } = draft;
      if (templateId === null) {
        const id = await store.insert(tx, ctx, draft);
        await audit(tx, ctx, "template.save", { kind: "template", id });
        return { templateId: id, version: 1 };
      }
      if (!(await store.update(tx, ctx, templateId, draft))) throw new Refused("stale");
      await audit(tx, ctx, "template.save", { kind: "template", id: templateId });
      return { templateId, version: draft.basedOn + 1 };
    });
  } catch (error_) {
    if (violatedConstraint(error_)) throw new Refused("name_taken");
    throw error_;
  }
}

/** Puts a template away; messages that name it still go out. Refuses: `not_found`. */
export async function archiveTemplate(ctx: Context, id: bigint): Promise<void> {
  require(ctx, "messages:write");
  await withBusiness(ctx.business.id, async (tx) => {
    if (!(await store.archive(tx, ctx, id))) throw new Refused("not_found");
    await audit(tx, ctx, "template.archive", { kind: "template", id });
  });
}

/**
 * Sends a draft to whoever is writing it, with sample values: by mail to the staff person's address, or by push to the browsers of
 * the card they have here under the same address.
 *
 * Refuses: `invalid` for a draft that cannot be said, `not_found` without an address or a browser, `mail_failed`.
 */
export async function testSend(
  ctx: Context,
  { content, locale, channel }: { content: Content; locale: Language; channel: "email" | "push" },
): Promise<void> {
  require(ctx, "messages:write");
  const wording = content.locales[locale];
  const rendering = wording && render(wording, locale, { ...SAMPLES, business: ctx.business.name });
  if (!rendering?.ok) throw new Refused("invalid");
  const rendered: Rendered = { ...rendering.said, locale };
  const email = await ownEmail(ctx);
  if (!email) throw new Refused("not_found");
  if (channel === "email") await testByMail(ctx, rendered, email);
  else await testByPush(ctx, rendered, email);
}

async function ownEmail(ctx: Context): Promise<string | null> {
  const { actor, business } = ctx;
  if (actor.kind !== "staff") return null;
  return await withBusiness(business.id, (tx) => store.emailOfStaff(tx, business.id, actor.id));
}

async function testByMail(ctx: Context, rendered: Rendered, to: string): Promise<void> {
  const click = rendered.url ? "https://example.com/" : undefined;
  const letter = await writeLetter(ctx.business, rendered, "service", {
    click,
    unsubscribe: undefined,
    opened: undefined,
  });
  const head = {
    kind: "staff",
    businessId: ctx.business.id,
    to,
    fromName: ctx.business.name,
    replyTo: null,
  } as const;
  const messageId = `<test.${randomUUID()}@kolo>`;
  const [outcome] = await sendLetters(
    [{ ...head, ...letter, headers: {}, messageId }],
    randomUUID(),
    ctx.now,
  );
  if (outcome?.kind !== "sent") throw new Refused("mail_failed");
}

async function testByPush(ctx: Context, rendered: Rendered, email: string): Promise<void> {
  const { id: businessId } = ctx.business;
  const { settings, keys, person } = await withBusiness(businessId, async (tx) => {
    const memberId = await store.memberOfEmail(tx, businessId, email);
    const people = memberId === undefined ? undefined : await peopleOf(tx, businessId, [memberId], ctx.now);
    return {
      settings: await readSettings(tx, businessId),
      keys: await readKeys(tx, businessId),
      person: memberId === undefined ? undefined : people?.get(memberId),
    };
  });
  if (!person || person.browsers.length === 0) throw new Refused("not_found");
  const outgoing = {
    message: testMessage(ctx, person.memberId),
    rendered,
    attemptId: "test",
    address: addressOf(person),
  };
  const post = {
    business: ctx.business,
    settings,
    keys,
    attemptId: "test",
    now: ctx.now,
    away: new Set<string>(),
  };
  const [outcome] = await senders.push.send([outgoing], post);
  if (outcome?.kind !== "sent") throw new Refused("not_found");
}

const testMessage = (ctx: Context, memberId: bigint): Claimed => ({
  id: newId(ctx.now),
  memberId,
  purpose: "service",
  kind: "news",
  channels: ["push"],
  tried: [],
  contentId: null,
  templateId: null,
  templateVersion: null,
  variables: {},
  expiresAt: null,
  dueAt: ctx.now,
  attempts: 0,
  attemptId: null,
  releasedAt: null,
  refusal: null,
  rendered: null,
  wasSending: false,
});
