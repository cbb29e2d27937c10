-- Rewards and what members hold: the catalogue, entitlements and their uses, stamps, promo codes, certificates, personal dates.

CREATE TABLE "reward" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "effect_minor" BIGINT,
    "effect_bps" INTEGER,
    "rule_id" BIGINT,
    "item_id" BIGINT,
    "uses" INTEGER NOT NULL DEFAULT 1,
    "valid_days" INTEGER,
    "price_points" BIGINT,
    "price_minor" BIGINT,
    "stock" INTEGER,
    "limit_count" INTEGER,
    "limit_days" INTEGER,
    "segment_id" BIGINT,
    "tier_ids" TEXT[],
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "reward_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "entitlement" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "reward_id" BIGINT,
    "source" TEXT NOT NULL,
    "source_id" BIGINT,
    "code" TEXT NOT NULL,
    "key" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "effect_minor" BIGINT,
    "effect_bps" INTEGER,
    "rule_id" BIGINT,
    "item_id" BIGINT,
    "uses" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "price_points" BIGINT,
    "price_minor" BIGINT,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_because" TEXT,
    "operation_id" BIGINT,
    "comment" TEXT,

    CONSTRAINT "entitlement_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "entitlement_use" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "entitlement_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "hold_until" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "operation_id" BIGINT,
    "key" TEXT,
    "staff_id" BIGINT,
    "location_id" BIGINT,

    CONSTRAINT "entitlement_use_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "stamp_programme" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "counts" TEXT NOT NULL,
    "category" TEXT,
    "item_ids" BIGINT[],
    "min_total_minor" BIGINT NOT NULL DEFAULT 0,
    "needed" INTEGER NOT NULL,
    "reward_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "stamp_programme_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "stamp_card" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "programme_id" BIGINT NOT NULL,
    "stamps" INTEGER NOT NULL DEFAULT 0,
    "rewarded" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stamp_card_pkey" PRIMARY KEY ("business_id","member_id","programme_id")
);

CREATE TABLE "stamp_entry" (
    "business_id" BIGINT NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "programme_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "stamps" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stamp_entry_pkey" PRIMARY KEY ("business_id","operation_id","programme_id")
);

CREATE TABLE "promo" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "brings" TEXT NOT NULL,
    "points" BIGINT,
    "points_days" INTEGER,
    "reward_id" BIGINT,
    "limit_total" INTEGER,
    "limit_per_member" INTEGER NOT NULL DEFAULT 1,
    "only_new" BOOLEAN NOT NULL DEFAULT false,
    "used" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "promo_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "promo_code" (
    "business_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "promo_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "member_id" BIGINT,

    CONSTRAINT "promo_code_pkey" PRIMARY KEY ("business_id","code")
);

CREATE TABLE "promo_use" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "promo_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "operation_id" BIGINT,
    "entitlement_id" BIGINT,
    "key" TEXT,

    CONSTRAINT "promo_use_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "certificate" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "balance_minor" BIGINT NOT NULL,
    "member_id" BIGINT,
    "greeting" TEXT,
    "sold_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "staff_id" BIGINT,
    "location_id" BIGINT,
    "key" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("business_id","id")
);

CREATE TABLE "certificate_entry" (
    "business_id" BIGINT NOT NULL,
    "certificate_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "operation_id" BIGINT,

    CONSTRAINT "certificate_entry_pkey" PRIMARY KEY ("business_id","certificate_id","id")
);

CREATE TABLE "occasion_offer" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "reward_id" BIGINT NOT NULL,
    "days_before" INTEGER NOT NULL,
    "valid_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "occasion_offer_pkey" PRIMARY KEY ("business_id","id")
);

CREATE INDEX "entitlement_business_id_member_id_id_idx" ON "entitlement"("business_id", "member_id", "id");

CREATE INDEX "entitlement_business_id_reward_id_member_id_idx" ON "entitlement"("business_id", "reward_id", "member_id");

CREATE UNIQUE INDEX "entitlement_business_id_code_key" ON "entitlement"("business_id", "code");

CREATE UNIQUE INDEX "entitlement_business_id_key_key" ON "entitlement"("business_id", "key");

CREATE INDEX "entitlement_use_business_id_entitlement_id_idx" ON "entitlement_use"("business_id", "entitlement_id");

CREATE INDEX "entitlement_use_business_id_operation_id_idx" ON "entitlement_use"("business_id", "operation_id") WHERE (operation_id IS NOT NULL);

CREATE UNIQUE INDEX "entitlement_use_business_id_key_key" ON "entitlement_use"("business_id", "key");

CREATE INDEX "stamp_entry_business_id_member_id_programme_id_idx" ON "stamp_entry"("business_id", "member_id", "programme_id");

CREATE INDEX "promo_code_business_id_promo_id_idx" ON "promo_code"("business_id", "promo_id");

CREATE INDEX "promo_use_business_id_promo_id_member_id_idx" ON "promo_use"("business_id", "promo_id", "member_id");

CREATE UNIQUE INDEX "promo_use_business_id_key_key" ON "promo_use"("business_id", "key");

CREATE INDEX "certificate_business_id_member_id_idx" ON "certificate"("business_id", "member_id") WHERE (member_id IS NOT NULL);

CREATE UNIQUE INDEX "certificate_business_id_code_key" ON "certificate"("business_id", "code");

CREATE UNIQUE INDEX "certificate_business_id_key_key" ON "certificate"("business_id", "key");

CREATE INDEX "certificate_entry_business_id_operation_id_idx" ON "certificate_entry"("business_id", "operation_id") WHERE (operation_id IS NOT NULL);

ALTER TABLE reward
  ADD CONSTRAINT reward_stock CHECK (stock >= 0),
  ADD CONSTRAINT reward_effect CHECK (effect IN ('thing', 'amount', 'percent', 'rule')),
  ADD CONSTRAINT reward_uses CHECK (uses > 0);
ALTER TABLE entitlement ADD CONSTRAINT entitlement_used CHECK (used BETWEEN 0 AND uses);
ALTER TABLE entitlement_use
  ADD CONSTRAINT entitlement_use_state CHECK (state IN ('held', 'confirmed', 'released', 'undone'));
ALTER TABLE stamp_programme ADD CONSTRAINT stamp_programme_needed CHECK (needed > 0);
ALTER TABLE stamp_card ADD CONSTRAINT stamp_card_counts CHECK (stamps >= 0 AND rewarded >= 0);
ALTER TABLE stamp_entry ADD CONSTRAINT stamp_entry_counts CHECK (taken BETWEEN 0 AND stamps);
ALTER TABLE promo ADD CONSTRAINT promo_used CHECK (limit_total IS NULL OR used <= limit_total);
ALTER TABLE certificate ADD CONSTRAINT certificate_balance CHECK (balance_minor >= 0);
ALTER TABLE certificate_entry
  ADD CONSTRAINT certificate_entry_amount CHECK (amount_minor > 0),
  ADD CONSTRAINT certificate_entry_accounts CHECK (
    debit IN ('certificate', 'sold', 'spent', 'breakage') AND credit IN ('certificate', 'sold', 'spent', 'breakage')
    AND (debit = 'certificate') <> (credit = 'certificate'));

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['reward', 'entitlement', 'entitlement_use', 'stamp_programme', 'stamp_card', 'stamp_entry',
    'promo', 'promo_code', 'promo_use', 'certificate', 'certificate_entry', 'occasion_offer']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (business_id = current_business()) WITH CHECK (business_id = current_business())', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON reward, entitlement, entitlement_use, stamp_programme, stamp_card, stamp_entry, promo, promo_code,
  certificate, occasion_offer TO kolo_app;
-- History is appended to, never rewritten.
GRANT SELECT, INSERT ON promo_use, certificate_entry TO kolo_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON certificate_entry FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
