import { getTags, postTags, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ GET: getTags, POST: postTags });
