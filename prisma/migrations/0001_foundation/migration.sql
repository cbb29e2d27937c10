-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "btree_gin";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateTable
CREATE TABLE "business" (
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "join_code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "accent" TEXT NOT NULL,
    "rate_per_second" INTEGER NOT NULL DEFAULT 50,
    "rate_burst" INTEGER NOT NULL DEFAULT 200,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "business_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "location" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "location_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "staff" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "credential_id" BIGINT,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "external_id" TEXT,
    "location_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" BIGINT NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "credential_id" BIGINT,
    "business_id" BIGINT,
    "staff_id" BIGINT,
    "person_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_code" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sign_in_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_at" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "api_key" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "audit" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" BIGINT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT,
    "subject_id" BIGINT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "business_day" (
    "business_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "purchases" INTEGER NOT NULL DEFAULT 0,
    "returning" INTEGER NOT NULL DEFAULT 0,
    "new_members" INTEGER NOT NULL DEFAULT 0,
    "total_minor" BIGINT NOT NULL DEFAULT 0,
    "cash_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "points_issued" BIGINT NOT NULL DEFAULT 0,
    "points_spent" BIGINT NOT NULL DEFAULT 0,
    "points_expired" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "business_day_pkey" PRIMARY KEY ("business_id","day")
);

-- CreateTable
CREATE TABLE "item" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT,
    "price_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "lot" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "remaining" BIGINT NOT NULL,
    "expired" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "lot_pkey" PRIMARY KEY ("business_id","member_id","id")
);

-- CreateTable
CREATE TABLE "transfer" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "lot_id" BIGINT NOT NULL,
    "operation_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("business_id","member_id","id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "business_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("business_id","key")
);

-- CreateTable
CREATE TABLE "person" (
    "id" BIGINT NOT NULL,
    "name" TEXT,
    "locale" TEXT NOT NULL,
    "birth_date" DATE,
    "gender" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_identifier" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_identifier_pkey" PRIMARY KEY ("kind","value")
);

-- CreateTable
CREATE TABLE "member" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "person_id" BIGINT,
    "uid" TEXT,
    "inviter_id" BIGINT,
    "source" TEXT NOT NULL,
    "invite_code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "member_profile" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "name" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "birth_date" DATE,
    "gender" TEXT,
    "note" TEXT,
    "search" TEXT NOT NULL,

    CONSTRAINT "member_profile_pkey" PRIMARY KEY ("business_id","member_id")
);

-- CreateTable
CREATE TABLE "member_stats" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,
    "tier_id" TEXT NOT NULL DEFAULT 'base',
    "points" BIGINT NOT NULL DEFAULT 0,
    "visits" INTEGER NOT NULL DEFAULT 0,
    "full_refunds" INTEGER NOT NULL DEFAULT 0,
    "cash_spent_minor" BIGINT NOT NULL DEFAULT 0,
    "saved_minor" BIGINT NOT NULL DEFAULT 0,
    "invited_count" INTEGER NOT NULL DEFAULT 0,
    "effective_invited_count" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_stats_pkey" PRIMARY KEY ("business_id","member_id")
);

-- CreateTable
CREATE TABLE "member_code" (
    "business_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_code_pkey" PRIMARY KEY ("business_id","code")
);

-- CreateTable
CREATE TABLE "tag" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "member_tag" (
    "business_id" BIGINT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "tag_id" BIGINT NOT NULL,

    CONSTRAINT "member_tag_pkey" PRIMARY KEY ("business_id","member_id","tag_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "business_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "member_id" BIGINT,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "dead_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" BIGINT NOT NULL,
    "business_id" BIGINT,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "programme_version" (
    "business_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" BIGINT,

    CONSTRAINT "programme_version_pkey" PRIMARY KEY ("business_id","version")
);

-- CreateTable
CREATE TABLE "operation" (
    "business_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "member_id" BIGINT NOT NULL,
    "origin_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "cash_minor" BIGINT NOT NULL,
    "skip_minor" BIGINT NOT NULL DEFAULT 0,
    "unredeemable_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "points_spent" BIGINT NOT NULL DEFAULT 0,
    "points_earned" BIGINT NOT NULL DEFAULT 0,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "receipt_number" TEXT,
    "staff_id" BIGINT,
    "location_id" BIGINT,
    "programme_version" INTEGER NOT NULL,
    "tier_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "is_first" BOOLEAN NOT NULL DEFAULT false,
    "because" JSONB NOT NULL,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("business_id","id")
);

-- CreateTable
CREATE TABLE "operation_line" (
    "business_id" BIGINT NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "no" INTEGER NOT NULL,
    "item_id" BIGINT,
    "name" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "operation_line_pkey" PRIMARY KEY ("business_id","operation_id","no")
);

-- CreateTable
CREATE TABLE "voucher" (
    "business_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "skip_minor" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,
    "receipt_number" TEXT,
    "staff_id" BIGINT,
    "nonce" TEXT,
    "fingerprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "operation_id" BIGINT,

    CONSTRAINT "voucher_pkey" PRIMARY KEY ("business_id","code")
);

-- CreateIndex
CREATE UNIQUE INDEX "business_slug_key" ON "business"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "business_join_code_key" ON "business"("join_code");

-- CreateIndex
CREATE INDEX "staff_credential_id_idx" ON "staff"("credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_business_id_external_id_key" ON "staff"("business_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_business_id_credential_id_key" ON "staff"("business_id", "credential_id");

-- CreateIndex
CREATE UNIQUE INDEX "credential_email_key" ON "credential"("email");

-- CreateIndex
CREATE INDEX "session_credential_id_idx" ON "session"("credential_id");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "sign_in_code_purpose_identifier_created_at_idx" ON "sign_in_code"("purpose", "identifier", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_business_id_key_hash_key" ON "api_key"("business_id", "key_hash");

-- CreateIndex
CREATE INDEX "audit_business_id_subject_kind_subject_id_id_idx" ON "audit"("business_id", "subject_kind", "subject_id", "id");

-- CreateIndex
CREATE INDEX "lot_live" ON "lot"("business_id", "member_id", "expires_at", "id") WHERE (remaining <> 0);

-- CreateIndex
CREATE INDEX "lot_due" ON "lot"("business_id", "expires_at") WHERE (remaining > 0);

-- CreateIndex
CREATE INDEX "transfer_business_id_operation_id_idx" ON "transfer"("business_id", "operation_id");

-- CreateIndex
CREATE INDEX "person_identifier_person_id_idx" ON "person_identifier"("person_id");

-- CreateIndex
CREATE INDEX "member_business_id_inviter_id_idx" ON "member"("business_id", "inviter_id");

-- CreateIndex
CREATE INDEX "member_person_id_idx" ON "member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_business_id_person_id_key" ON "member"("business_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_business_id_uid_key" ON "member"("business_id", "uid");

-- CreateIndex
CREATE UNIQUE INDEX "member_business_id_invite_code_key" ON "member"("business_id", "invite_code");

-- CreateIndex
CREATE INDEX "member_profile_business_id_email_idx" ON "member_profile"("business_id", "email");

-- CreateIndex
CREATE INDEX "member_profile_business_id_search_idx" ON "member_profile" USING GIN ("business_id" int8_ops, "search" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "member_profile_business_id_phone_key" ON "member_profile"("business_id", "phone");

-- CreateIndex
CREATE INDEX "member_stats_business_id_last_at_idx" ON "member_stats"("business_id", "last_at");

-- CreateIndex
CREATE INDEX "member_code_business_id_member_id_expires_at_idx" ON "member_code"("business_id", "member_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "tag_business_id_name_key" ON "tag"("business_id", "name");

-- CreateIndex
CREATE INDEX "member_tag_business_id_tag_id_idx" ON "member_tag"("business_id", "tag_id");

-- CreateIndex
CREATE INDEX "outbox_id_idx" ON "outbox"("id");

-- CreateIndex
CREATE INDEX "mail_recipient_id_idx" ON "mail"("recipient", "id");

-- CreateIndex
CREATE INDEX "operation_business_id_member_id_id_idx" ON "operation"("business_id", "member_id", "id");

-- CreateIndex
CREATE INDEX "operation_business_id_origin_id_idx" ON "operation"("business_id", "origin_id") WHERE (origin_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "voucher_business_id_nonce_key" ON "voucher"("business_id", "nonce");

