/** The database channel on which workers say what changed. */
export const LIVE_CHANNEL = "kolo_live";

export const memberTopic = (businessId: bigint, memberId: bigint) => `member:${businessId}:${memberId}`;
export const businessTopic = (businessId: bigint) => `business:${businessId}`;

/** Whom an event concerns: its business's screens, and its member's card. */
export function topicsOf(event: { businessId: bigint; memberId: bigint | null }): string[] {
  const topics = [businessTopic(event.businessId)];
  if (event.memberId !== null) topics.push(memberTopic(event.businessId, event.memberId));
  return topics;
}
