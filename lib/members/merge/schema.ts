import { z } from "zod";

/** Who stays and who goes. */
export const mergeInput = z.object({ survivorId: z.bigint(), loserId: z.bigint() });
export type MergeInput = z.output<typeof mergeInput>;

/** Ways in which two members look like one person. */
export const LIKENESSES = ["phone", "email", "birthday"] as const;
export type Likeness = (typeof LIKENESSES)[number];
