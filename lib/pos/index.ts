import "server-only";

/**
 * POS: the tills' face, UDS Partner API v2.
 *
 * Owns the addresses under /partner/v2: reading what tills send, answering as UDS does. Always true: nothing is decided here; a
 * client's mistake is never a 5xx; every answer carries the three trace headers.
 */
export { REWARD_JOB, rewardMembers } from "./reward";
export { voucherPicture } from "./voucher";
export { tillRoute } from "./wire";
