-- Gifts made for one member: codes only they can use, for a time, once for the key of what asked for them; and what a step gave.

ALTER TABLE "promo_code"
  ADD COLUMN "for_member_id" bigint,
  ADD COLUMN "expires_at" timestamptz(3),
  ADD COLUMN "key" text;
CREATE UNIQUE INDEX "promo_code_business_id_key_key" ON "promo_code"("business_id", "key");
CREATE INDEX "promo_code_business_id_for_member_id_idx" ON "promo_code"("business_id", "for_member_id") WHERE (for_member_id IS NOT NULL);

-- What a later message of the same run may say of it: the code, the reward's name, the last day.
ALTER TABLE "journey_effect" ADD COLUMN "given" jsonb NOT NULL DEFAULT '{}';
