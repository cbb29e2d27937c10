"use server";
import { action } from "../access";
import * as segments from "./index";
import { newSegment, segmentEdit, segmentRef } from "./schema";

/** Makes a segment and answers its id. */
export const makeSegment = action(newSegment, segments.createSegment);

/** Changes a segment as its next version. */
export const saveSegment = action(segmentEdit, segments.updateSegment);

/** Takes a segment out of use. */
export const dropSegment = action(segmentRef, (ctx, { id }) => segments.archiveSegment(ctx, id));
