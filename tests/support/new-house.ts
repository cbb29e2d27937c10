/** Founds one more business in the installation under test: `new-house.ts NAME E-MAIL`, its owner's password in KOLO_OWNER_PASSWORD. */
import { disconnect } from "@/lib/platform/db";
import { foundHouse } from "./house";

const [, , name, email] = process.argv;
await foundHouse(name, email);
await disconnect();
