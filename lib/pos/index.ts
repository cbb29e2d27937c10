import "server-only";

/**
 * POS: the tills' face, UDS Partner API v2.
 *
 * Owns the addresses under /partner/v2: reading what tills send, answering as UDS does. Always true: nothing is decided here; a
 * client's mistake is never a 5xx; every answer carries the three trace headers.
 */
export { findCustomer, getCustomer, getTags, listCustomers, listTags, postTags } from "./customers";
export { calculate, createOperation, getOperation, listOperations, refundOperation } from "./operations";
export { REWARD_JOB, rewardCustomers, rewardMembers } from "./reward";
export { type Call, type Handler, udsRoute } from "./route";
export { getSettings } from "./settings";
export { createVoucher, voucherPicture } from "./voucher";
