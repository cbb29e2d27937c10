import { createVoucher, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ POST: createVoucher });
