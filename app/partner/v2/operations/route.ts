import { createOperation, listOperations, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ GET: listOperations, POST: createOperation });
