import { listTags, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ GET: listTags });
