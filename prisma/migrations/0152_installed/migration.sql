-- Whose card stands among the apps of their phone, since when: told once, however many phones.
CREATE TABLE "card_install" (
  "business_id" bigint NOT NULL, "member_id" bigint NOT NULL, "at" timestamptz(3) NOT NULL,
  CONSTRAINT "card_install_pkey" PRIMARY KEY ("business_id", "member_id")
);
ALTER TABLE card_install ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON card_install USING (business_id = current_business()) WITH CHECK (business_id = current_business());
GRANT SELECT, INSERT, UPDATE, DELETE ON card_install TO kolo_app;
