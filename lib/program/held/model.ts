/** What members hold and what brings it: the cores of the catalogue, entitlements, stamps, codes and certificates. */
export * from "../certificates/model";
export * from "../entitlements/model";
export * from "../promo/model";
export * from "../rebates/model";
export * from "../rewards/model";
export * from "../stamps/model";
