import { refundOperation, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ POST: refundOperation });
