-- What a call to a journey said: the same key with another body is refused.
ALTER TABLE "journey_call" ADD COLUMN "fingerprint" text NOT NULL DEFAULT '';
