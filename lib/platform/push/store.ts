import "server-only";
import { z } from "zod";
import { seal, unseal } from "../crypto";
import { withoutBusiness } from "../db";
import { makeVapidKeys, type VapidKeys } from "./vapid";

const KEY = "vapid";
const kept = z.object({ publicKey: z.string(), privateKey: z.string() });

/** The installation's keys; of several processes that start together, one makes them. The private one lies sealed. */
export async function keys(): Promise<VapidKeys> {
  return await withoutBusiness(async (tx) => {
    const { publicKey, privateKey } = makeVapidKeys();
    const value = { publicKey, privateKey: seal("vapid", privateKey) };
    await tx.installation.createMany({ data: { key: KEY, value }, skipDuplicates: true });
    const row = await tx.installation.findUniqueOrThrow({ where: { key: KEY } });
    const own = kept.parse(row.value);
    return { publicKey: own.publicKey, privateKey: unseal("vapid", own.privateKey) };
  });
}
