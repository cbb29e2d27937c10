import "server-only";
import { z } from "zod";
import { seal, unseal } from "../../platform/crypto";
import type { Tx } from "../../platform/db";
import { toJson } from "../store";
import {
  type MessagingSettings,
  messagingSettings,
  type ProviderKeys,
  providerKeys,
  STARTING,
} from "./schema";

/** A business's rules, those of a new business where it has none. */
export async function readSettings(tx: Tx, businessId: bigint): Promise<MessagingSettings> {
  const row = await tx.messagingSetting.findUnique({ where: { businessId }, select: { settings: true } });
  return row
    ? messagingSettings.parse({ ...STARTING, ...z.record(z.string(), z.unknown()).parse(row.settings) })
    : STARTING;
}

export async function readKeys(tx: Tx, businessId: bigint): Promise<ProviderKeys> {
  const row = await tx.messagingSetting.findUnique({ where: { businessId }, select: { sealed: true } });
  if (!row?.sealed) return {};
  return providerKeys.parse(JSON.parse(unseal("provider-keys", row.sealed)));
}

export async function saveSettings(
  tx: Tx,
  businessId: bigint,
  { settings, keys, now }: { settings: MessagingSettings; keys: ProviderKeys; now: Date },
): Promise<void> {
  const sealed = Object.values(keys).some(Boolean) ? seal("provider-keys", JSON.stringify(keys)) : null;
  const data = { settings: toJson(settings), sealed, updatedAt: now };
  await tx.messagingSetting.upsert({ where: { businessId }, create: { businessId, ...data }, update: data });
}
