import { rewardCustomers, udsRoute } from "@/lib/pos";

export const { GET, POST, PUT, PATCH, DELETE } = udsRoute({ POST: rewardCustomers });
