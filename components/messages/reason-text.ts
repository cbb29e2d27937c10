import { MESSAGE_REFUSALS } from "@/lib/messaging/model";

/** The key of a reason's sentence under `messaging.refusal`: one we know, or a provider's trouble with its code. */
export function reasonKey(reason: string): {
  key: (typeof MESSAGE_REFUSALS)[number] | "trouble";
  reason: string;
} {
  return { key: MESSAGE_REFUSALS.find((one) => one === reason) ?? "trouble", reason };
}
