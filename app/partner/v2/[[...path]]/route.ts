import { udsRoute } from "@/lib/pos";

/** Every other address under /partner/v2: nothing is there, said as UDS says it. */
export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({});
