-- What goes to breakage and comes back, by time: the nightly recount of a day's expired points must not read every transfer.
CREATE INDEX "transfer_breakage" ON "transfer"("business_id", "at") WHERE credit = 'breakage' OR debit = 'breakage';
