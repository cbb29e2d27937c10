import { health } from "@/lib/platform/health";

/** 200 when web, database and a worker are up; 503 with what is down. For load balancers and `npm start`. */
export async function GET() {
  const state = await health(new Date());
  const up = state.database === "up" && state.worker === "up";
  return Response.json(state, { status: up ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
