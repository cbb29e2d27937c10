import "server-only";

/**
 * Referrals: friends who bring friends.
 *
 * Owns who came by whose invitation, what that gave on three levels, and the review of what looks wrong. Always true: a cause
 * gives one reward a level, once; a refund takes back what it gave; nothing is given for an invitation under review.
 */
export { FRIENDLY, rewardFriends } from "./news";
export { forgetOpens, settleWaiting } from "./settle";
