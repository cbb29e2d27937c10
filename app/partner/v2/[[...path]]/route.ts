import { tillRoute } from "@/lib/pos";

export {
  tillRoute as DELETE,
  tillRoute as GET,
  tillRoute as OPTIONS,
  tillRoute as PATCH,
  tillRoute as POST,
  tillRoute as PUT,
};
