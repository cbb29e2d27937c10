import "server-only";

/**
 * Referrals: friends who bring friends.
 *
 * Owns who came by whose invitation, what that gave on three levels, and the review of what looks wrong. Always true: a cause
 * gives one reward a level, once; a refund takes back what it gave; nothing is given for an invitation under review.
 */
export {
  type AmbassadorPage,
  ambassadors,
  type BranchPage,
  everyAmbassador,
  friendsOf,
  funnel,
} from "./ambassadors";
export { FRIENDLY, rewardFriends } from "./news";
export type { Ambassador, Branch, Funnel, Review } from "./office/store";
export { countOpened, type Invitations, type OwnFriend, ownInvitations } from "./own";
export { decideReview, RELEASE_JOB, type ReviewPage, releaseRest, reviews } from "./review";
export { forgetOpens, settleWaiting } from "./settle";
