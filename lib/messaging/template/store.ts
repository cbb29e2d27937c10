import "server-only";
import type { Tx } from "../../platform/db";
import type { Content } from "../model";
import { contentSchema } from "./schema";

type Asked = {
  readonly id: bigint;
  readonly contentId: bigint | null;
  readonly templateId: bigint | null;
  readonly templateVersion: number | null;
};

/** A content never changes under its name, so it is read once; a few hundred are kept. */
const kept = new Map<string, Content>();
const KEPT_MAX = 300;

const nameOf = (businessId: bigint, { contentId, templateId, templateVersion }: Asked) =>
  contentId === null ? `t ${businessId} ${templateId} ${templateVersion}` : `c ${businessId} ${contentId}`;

/** What messages are to say, by message. One whose template is gone, or unreadable, is missing. */
export async function contentsOf(
  tx: Tx,
  businessId: bigint,
  messages: readonly Asked[],
): Promise<Map<bigint, Content>> {
  const found = new Map<bigint, Content>();
  for (const message of messages) {
    const name = nameOf(businessId, message);
    let content = kept.get(name);
    if (!content) {
      const parsed = contentSchema.safeParse(await readContent(tx, businessId, message));
      if (!parsed.success) continue;
      content = parsed.data;
      if (kept.size >= KEPT_MAX) kept.clear();
      kept.set(name, content);
    }
    found.set(message.id, content);
  }
  return found;
}

async function readContent(tx: Tx, businessId: bigint, asked: Asked): Promise<unknown> {
  const { contentId, templateId, templateVersion } = asked;
  if (contentId !== null) {
    const row = await tx.messageContent.findUnique({
      where: { businessId_id: { businessId, id: contentId } },
    });
    return row?.content;
  }
  if (templateId === null || templateVersion === null) return undefined;
  const row = await tx.templateVersion.findUnique({
    where: { businessId_templateId_version: { businessId, templateId, version: templateVersion } },
  });
  return row?.content;
}
