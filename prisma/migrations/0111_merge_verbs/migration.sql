-- Merging and taking it back. With the owner's rights, because every table that knows members is concerned, also those that come
-- later; each function works for the business of the transaction alone.

CREATE FUNCTION only_own(p_business bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF p_business IS DISTINCT FROM current_business() THEN RAISE EXCEPTION 'business % is not this transaction''s', p_business; END IF;
END
$$;

-- The tables that name a member in a column, without those the caller deals with itself.
CREATE FUNCTION member_tables(p_but text[]) RETURNS TABLE (source text, keys text[], rivals text)
LANGUAGE sql STABLE AS $$
  SELECT c.relname::text,
    ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(att, no)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.att
      WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname NOT IN ('business_id', 'member_id') ORDER BY k.no),
    -- What stands in the way of naming another member: a row of theirs that would be the same.
    (SELECT string_agg(format('EXISTS (SELECT FROM %I y WHERE y.business_id = x.business_id AND y.member_id = $2%s)', c.relname,
        (SELECT coalesce(string_agg(format(' AND y.%1$I = x.%1$I', a.attname), ''), '') FROM unnest(i.indkey::int2[]) AS k(att)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.att WHERE a.attname NOT IN ('business_id', 'member_id'))), ' OR ')
      FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique
        AND (SELECT attnum FROM pg_attribute WHERE attrelid = c.oid AND attname = 'member_id') = ANY (i.indkey::int2[]))
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL (p_but)
    AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('business_id', 'member_id') AND NOT a.attisdropped) = 2
  ORDER BY 1
$$;

-- Has rows of a table name another member in a column, and writes down which.
CREATE FUNCTION merge_point(p_business bigint, p_merge bigint, p_table text, p_column text, p_keys text[], p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'WITH moved AS (UPDATE %1$I x SET %2$I = $2 WHERE x.business_id = $1 AND x.%2$I = $3 RETURNING x.*)
     INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
     SELECT $1, $4, %1$L, %2$L, row_number() OVER (), (SELECT coalesce(jsonb_object_agg(k, to_jsonb(moved)->k), ''{}'') FROM unnest($5) k) FROM moved',
    p_table, p_column) USING p_business, p_to, p_from, p_merge, p_keys;
END
$$;

CREATE FUNCTION merge_unpoint(p_business bigint, p_merge bigint, p_table text, p_column text, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v_match text;
BEGIN
  SELECT string_agg(format('x.%1$I = (r.row->>%1$L)::%2$s', a.attname, format_type(a.atttypid, a.atttypmod)), ' AND ') INTO v_match
  FROM pg_attribute a WHERE a.attrelid = p_table::regclass AND a.attname IN (
    SELECT jsonb_object_keys(row) FROM (SELECT row FROM member_merge_row r WHERE r.business_id = p_business AND r.merge_id = p_merge
      AND r.source = p_table AND r.what = p_column LIMIT 1) one);
  EXECUTE format(
    'UPDATE %1$I x SET %2$I = $2 FROM member_merge_row r WHERE r.business_id = $1 AND r.merge_id = $4 AND r.source = %1$L AND r.what = %2$L
       AND x.business_id = $1 AND x.%2$I = $3 AND %3$s', p_table, p_column, coalesce(v_match, 'true'))
    USING p_business, p_to, p_from, p_merge;
END
$$;

-- Takes rows out of a table and writes them down whole.
CREATE FUNCTION merge_take(p_business bigint, p_merge bigint, p_table text, p_where text, p_survivor bigint, p_loser bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'WITH gone AS (DELETE FROM %1$I x WHERE x.business_id = $1 AND (%2$s) RETURNING to_jsonb(x) AS row)
     INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
     SELECT $1, $4, %1$L, ''taken'', row_number() OVER () + (SELECT count(*) FROM member_merge_row
       WHERE business_id = $1 AND merge_id = $4 AND source = %1$L AND what = ''taken''), row FROM gone',
    p_table, p_where) USING p_business, p_survivor, p_loser, p_merge;
END
$$;

-- What sums about a member becomes one sum. The rows of the one who goes are written down whole.
CREATE FUNCTION merge_sums(p_business bigint, p_merge bigint, p_survivor bigint, p_loser bigint, p_sign int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE v record;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('rule_use', '{rule_id,period,starts_at,ends_at}'::text[], '{amount,times}'::text[]),
    ('stamp_card', '{programme_id}', '{stamps,rewarded}'),
    ('referral_stats', '{}', '{opened,joined,bought,far_joined,cash_minor,far_cash_minor,points}')) AS x(source, keys, sums)
  LOOP
    IF p_sign > 0 THEN
      PERFORM merge_take(p_business, p_merge, v.source, 'x.member_id = $3', p_survivor, p_loser);
    END IF;
    EXECUTE format(
      'INSERT INTO %1$I AS x (business_id, member_id%2$s, %3$s)
       SELECT $1, $2%4$s, %5$s FROM member_merge_row r, jsonb_populate_record(NULL::%1$I, r.row) y
       WHERE r.business_id = $1 AND r.merge_id = $3 AND r.source = %1$L AND r.what = ''taken''
       ON CONFLICT ON CONSTRAINT %6$I DO UPDATE SET %7$s',
      v.source,
      (SELECT coalesce(string_agg(', ' || quote_ident(k), ''), '') FROM unnest(v.keys) k),
      (SELECT string_agg(quote_ident(s), ', ') FROM unnest(v.sums) s),
      (SELECT coalesce(string_agg(', y.' || quote_ident(k), ''), '') FROM unnest(v.keys) k),
      (SELECT string_agg(format('y.%I * %s', s, p_sign), ', ') FROM unnest(v.sums) s),
      v.source || '_pkey',
      (SELECT string_agg(format('%1$I = x.%1$I + excluded.%1$I', s), ', ') FROM unnest(v.sums) s))
      USING p_business, p_survivor, p_merge;
    IF p_sign < 0 THEN
      -- What is nothing now was not there before: the survivor had no row of their own.
      EXECUTE format('DELETE FROM %1$I WHERE business_id = $1 AND member_id = $2 AND %2$s', v.source,
        (SELECT string_agg(format('%I = 0', s), ' AND ') FROM unnest(v.sums) s)) USING p_business, p_survivor;
      EXECUTE format(
        'INSERT INTO %1$I SELECT y.* FROM member_merge_row r, jsonb_populate_record(NULL::%1$I, r.row) y
         WHERE r.business_id = $1 AND r.merge_id = $2 AND r.source = %1$L AND r.what = ''taken''', v.source) USING p_business, p_merge;
    END IF;
  END LOOP;
END
$$;

-- The tables the verbs below deal with one by one, or that are counted anew.
CREATE FUNCTION merge_apart() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['transfer', 'lot', 'lot_move', 'lot_heir', 'member_merge', 'member_merge_row', 'member_profile', 'member_stats', 'member_alias',
    'member_insight', 'member_rhythm', 'member_distinct', 'segment_member', 'segment_check', 'segment_gone', 'stamp_card', 'rule_use',
    'referral_stats', 'referral', 'outbox', 'operation_effect', 'tombstone']
$$;

CREATE FUNCTION merge_members(
  p_business bigint, p_now timestamptz, p_merge bigint, p_survivor bigint, p_loser bigint, p_staff bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE v record; v_lot lot; v_new bigint; s member_stats; l member_stats; sm member; lm member; o member_profile; v_said jsonb;
BEGIN
  PERFORM only_own(p_business);
  IF p_survivor = p_loser THEN RAISE EXCEPTION 'merge_same' USING ERRCODE = 'KO001'; END IF;
  PERFORM FROM member_stats x WHERE x.business_id = p_business AND x.member_id IN (p_survivor, p_loser) ORDER BY x.member_id FOR UPDATE;
  SELECT * INTO s FROM member_stats x WHERE x.business_id = p_business AND x.member_id = p_survivor;
  SELECT * INTO l FROM member_stats x WHERE x.business_id = p_business AND x.member_id = p_loser;
  SELECT * INTO sm FROM member x WHERE x.business_id = p_business AND x.id = p_survivor;
  SELECT * INTO lm FROM member x WHERE x.business_id = p_business AND x.id = p_loser;
  IF s.member_id IS NULL OR l.member_id IS NULL OR sm.id IS NULL OR lm.id IS NULL THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  INSERT INTO member_merge (business_id, id, survivor_id, loser_id, at, staff_id, kept)
  SELECT p_business, p_merge, p_survivor, p_loser, p_now, p_staff, jsonb_object_agg(who.name, jsonb_build_object(
    'member', (SELECT to_jsonb(x) FROM member x WHERE x.business_id = p_business AND x.id = who.id),
    'profile', (SELECT to_jsonb(x) FROM member_profile x WHERE x.business_id = p_business AND x.member_id = who.id),
    'stats', (SELECT to_jsonb(x) FROM member_stats x WHERE x.business_id = p_business AND x.member_id = who.id),
    'standing', (SELECT to_jsonb(x) FROM member_standing x WHERE x.business_id = p_business AND x.member_id = who.id)))
  FROM (VALUES ('survivor', p_survivor), ('loser', p_loser)) AS who(name, id);

  -- The other names first: whoever goes back to an operation's lots looks there.
  INSERT INTO member_alias (business_id, kind, value, member_id, merge_id)
  SELECT p_business, x.kind, x.value, p_survivor, p_merge FROM member_profile p RIGHT JOIN (SELECT 1) one ON p.business_id = p_business AND p.member_id = p_loser
  CROSS JOIN LATERAL (VALUES ('id', p_loser::text), ('invite', lm.invite_code),
    ('person', CASE WHEN sm.person_id IS NOT NULL THEN lm.person_id::text END), ('uid', CASE WHEN sm.uid IS NOT NULL THEN lm.uid END),
    ('phone', CASE WHEN EXISTS (SELECT FROM member_profile q WHERE q.business_id = p_business AND q.member_id = p_survivor AND q.phone IS NOT NULL)
      THEN p.phone END),
    ('email', CASE WHEN EXISTS (SELECT FROM member_profile q WHERE q.business_id = p_business AND q.member_id = p_survivor AND q.email IS NOT NULL
      AND lower(q.email) <> lower(p.email)) THEN p.email END)) AS x(kind, value)
  WHERE x.value IS NOT NULL ON CONFLICT DO NOTHING;
  PERFORM merge_point(p_business, p_merge, 'member_alias', 'member_id', '{kind,value}', p_loser, p_survivor);

  -- Points, lot by lot, with their reason, start and end.
  FOR v_lot IN SELECT * FROM lot x WHERE x.business_id = p_business AND x.member_id = p_loser AND x.remaining <> 0 ORDER BY x.expires_at, x.id FOR UPDATE LOOP
    v_new := next_id(p_now);
    INSERT INTO lot (business_id, member_id, id, kind, available_at, expires_at, remaining)
    VALUES (p_business, p_survivor, v_new, v_lot.kind, v_lot.available_at, v_lot.expires_at, 0);
    INSERT INTO lot_heir (business_id, member_id, lot_id, to_member_id, to_lot_id, merge_id, points)
    VALUES (p_business, p_loser, v_lot.id, p_survivor, v_new, p_merge, v_lot.remaining);
    PERFORM ledger_move(p_business, p_loser, v_lot.id, p_survivor, v_new, p_now, v_lot.remaining);
    UPDATE lot_move SET member_id = p_survivor, lot_id = v_new WHERE business_id = p_business AND member_id = p_loser AND lot_id = v_lot.id;
  END LOOP;

  -- The stricter word holds: whoever of the two said no last is not written to.
  SELECT coalesce(jsonb_agg(jsonb_build_object('purpose', x.purpose, 'channel', x.channel)), '[]') INTO v_said FROM (
    SELECT purpose, channel FROM (SELECT DISTINCT ON (c.member_id, c.purpose, c.channel) c.purpose, c.channel, c.granted FROM member_consent c
      WHERE c.business_id = p_business AND c.member_id IN (p_survivor, p_loser) ORDER BY c.member_id, c.purpose, c.channel, c.id DESC) last
    GROUP BY 1, 2 HAVING NOT bool_and(granted) ORDER BY 1, 2) x;

  -- Found by their purchases: there are far too many to look through for one member.
  WITH moved AS (UPDATE operation_effect x SET member_id = p_survivor WHERE x.business_id = p_business AND x.operation_id IN (
      SELECT y.id FROM operation y WHERE y.business_id = p_business AND y.member_id = p_loser) RETURNING x.operation_id, x.no)
  INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
  SELECT p_business, p_merge, 'operation_effect', 'member_id', row_number() OVER (), to_jsonb(moved) FROM moved;
  FOR v IN SELECT * FROM member_tables(merge_apart()) LOOP
    IF v.rivals IS NOT NULL THEN
      PERFORM merge_take(p_business, p_merge, v.source, format('x.member_id = $3 AND (%s)', v.rivals), p_survivor, p_loser);
    END IF;
    PERFORM merge_point(p_business, p_merge, v.source, 'member_id', v.keys, p_loser, p_survivor);
  END LOOP;
  PERFORM merge_sums(p_business, p_merge, p_survivor, p_loser, 1);

  WITH said AS (
    INSERT INTO member_consent (business_id, member_id, purpose, channel, id, granted, at, source)
    SELECT p_business, p_survivor, x.purpose, x.channel, next_id(p_now), false, p_now, 'merge'
    FROM jsonb_to_recordset(v_said) AS x(purpose text, channel text)
    WHERE (SELECT c.granted FROM member_consent c WHERE c.business_id = p_business AND c.member_id = p_survivor AND c.purpose = x.purpose
      AND c.channel = x.channel ORDER BY c.id DESC LIMIT 1)
    RETURNING id)
  INSERT INTO member_merge_row (business_id, merge_id, source, what, no, row)
  SELECT p_business, p_merge, 'member_consent', 'said', row_number() OVER (), jsonb_build_object('id', id) FROM said;

  -- Friends. Nobody came by themselves.
  PERFORM merge_take(p_business, p_merge, 'referral', CASE
    WHEN sm.inviter_id = p_loser THEN 'x.member_id IN ($2, $3)' WHEN lm.inviter_id = p_survivor OR sm.inviter_id IS NOT NULL THEN 'x.member_id = $3'
    ELSE 'x.member_id = $3 AND EXISTS (SELECT FROM referral y WHERE y.business_id = x.business_id AND y.member_id = $2)' END, p_survivor, p_loser);
  PERFORM merge_point(p_business, p_merge, 'referral', 'member_id', '{}', p_loser, p_survivor);
  PERFORM merge_point(p_business, p_merge, 'referral', 'inviter_id', '{member_id}', p_loser, p_survivor);
  PERFORM merge_point(p_business, p_merge, 'referral_reward', 'friend_id', '{source_id,kind,level}', p_loser, p_survivor);
  DELETE FROM member x WHERE x.business_id = p_business AND x.id = p_loser;
  UPDATE member x SET
    inviter_id = CASE WHEN sm.inviter_id = p_loser THEN nullif(lm.inviter_id, p_survivor) ELSE coalesce(sm.inviter_id, nullif(lm.inviter_id, p_survivor)) END,
    person_id = coalesce(sm.person_id, lm.person_id), uid = coalesce(sm.uid, lm.uid),
    blocked_at = least(sm.blocked_at, lm.blocked_at)
  WHERE x.business_id = p_business AND x.id = p_survivor;
  PERFORM merge_point(p_business, p_merge, 'member', 'inviter_id', '{id}', p_loser, p_survivor);

  -- Who they are: what the one who stays does not say, the other did.
  DELETE FROM member_profile x WHERE x.business_id = p_business AND x.member_id = p_loser RETURNING x.* INTO o;
  UPDATE member_profile x SET name = coalesce(x.name, o.name), phone = coalesce(x.phone, o.phone), email = coalesce(x.email, o.email),
    birth_date = coalesce(x.birth_date, o.birth_date), gender = coalesce(x.gender, o.gender),
    note = nullif(concat_ws(E'\n', x.note, nullif(o.note, x.note)), '')
  WHERE x.business_id = p_business AND x.member_id = p_survivor;
  UPDATE member_profile x SET search = lower(concat_ws(' ', x.name, x.phone, x.email)) WHERE x.business_id = p_business AND x.member_id = p_survivor;

  DELETE FROM member_stats x WHERE x.business_id = p_business AND x.member_id = p_loser;
  UPDATE member_stats x SET version = x.version + l.version + 1, points = x.points + l.points, visits = x.visits + l.visits,
    full_refunds = x.full_refunds + l.full_refunds, cash_spent_minor = x.cash_spent_minor + l.cash_spent_minor,
    saved_minor = x.saved_minor + l.saved_minor, first_at = least(x.first_at, l.first_at), last_at = greatest(x.last_at, l.last_at)
  WHERE x.business_id = p_business AND x.member_id = p_survivor;
  PERFORM merge_invited(p_business, p_survivor);
  -- Counted anew when the news of the merge is met.
  UPDATE member_standing x SET window_key = '' WHERE x.business_id = p_business AND x.member_id = p_survivor;
  DELETE FROM member_insight x WHERE x.business_id = p_business AND x.member_id = p_loser;
  DELETE FROM member_rhythm x WHERE x.business_id = p_business AND x.member_id = p_loser;
  DELETE FROM segment_check x WHERE x.business_id = p_business AND x.member_id = p_loser;
  UPDATE outbox x SET member_id = p_survivor WHERE x.business_id = p_business AND x.member_id = p_loser;
END
$$;

-- How many came by somebody's invitation, and of them bought.
CREATE FUNCTION merge_invited(p_business bigint, p_member bigint) RETURNS void
LANGUAGE sql AS $$
  UPDATE member_stats s SET invited_count = f.invited, effective_invited_count = f.effective FROM (
    SELECT count(*)::int AS invited, (count(*) FILTER (WHERE x.visits > 0 AND coalesce(r.state, 'open') = 'open'))::int AS effective
    FROM member m LEFT JOIN member_stats x ON x.business_id = m.business_id AND x.member_id = m.id
    LEFT JOIN referral r ON r.business_id = m.business_id AND r.member_id = m.id
    WHERE m.business_id = p_business AND m.inviter_id = p_member) f
  WHERE s.business_id = p_business AND s.member_id = p_member
$$;

-- Whether anything that moved with a merge was used since: then it can not be taken back exactly.
CREATE FUNCTION merge_used(p_business bigint, p_merge bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
  WITH moved AS MATERIALIZED (
    SELECT source, row FROM member_merge_row WHERE business_id = p_business AND merge_id = p_merge AND what = 'member_id'
  ), bills AS MATERIALIZED (SELECT (row->>'id')::bigint AS id FROM moved WHERE source = 'operation')
  SELECT EXISTS (
      SELECT FROM lot_heir h JOIN transfer t ON t.business_id = p_business AND t.member_id = h.to_member_id AND t.lot_id = h.to_lot_id
      WHERE h.business_id = p_business AND h.merge_id = p_merge AND t.reason NOT IN ('merge', 'earn', 'give'))
    OR EXISTS (SELECT FROM bills b JOIN operation o ON o.business_id = p_business AND o.origin_id = b.id WHERE o.id NOT IN (SELECT id FROM bills))
    OR EXISTS (
      SELECT FROM moved m JOIN entitlement_use u ON u.business_id = p_business AND u.entitlement_id = (m.row->>'id')::bigint
      WHERE m.source = 'entitlement' AND u.state = 'confirmed' AND u.id NOT IN (SELECT (row->>'id')::bigint FROM moved WHERE source = 'entitlement_use'))
    OR EXISTS (
      SELECT FROM moved m JOIN certificate_entry e ON e.business_id = p_business AND e.certificate_id = (m.row->>'id')::bigint
      WHERE m.source = 'certificate' AND e.operation_id IS NOT NULL AND e.operation_id NOT IN (SELECT id FROM bills)
        AND e.at > (SELECT at FROM member_merge WHERE business_id = p_business AND id = p_merge))
    OR EXISTS (
      SELECT FROM member_merge_row r CROSS JOIN LATERAL jsonb_populate_record(NULL::stamp_card, r.row) y
      JOIN member_merge g ON g.business_id = p_business AND g.id = p_merge
      JOIN stamp_programme p ON p.business_id = p_business AND p.id = y.programme_id
      LEFT JOIN stamp_card c ON c.business_id = p_business AND c.member_id = g.survivor_id AND c.programme_id = y.programme_id
      WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'stamp_card' AND r.what = 'taken'
        AND (c.stamps IS NULL OR c.stamps < y.stamps OR c.rewarded < y.rewarded OR (c.stamps - y.stamps) / p.needed < c.rewarded - y.rewarded))
$$;

CREATE FUNCTION unmerge_members(p_business bigint, p_now timestamptz, p_merge bigint, p_staff bigint) RETURNS TABLE (survivor bigint, loser bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE g member_merge; v record; s member_stats; l member_stats; sm member; lm member; b member_profile; o member_profile; v_quiet boolean; v_tier text;
BEGIN
  PERFORM only_own(p_business);
  SELECT * INTO g FROM member_merge x WHERE x.business_id = p_business AND x.id = p_merge FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'KO001'; END IF;
  SELECT * INTO s FROM member_stats x WHERE x.business_id = p_business AND x.member_id = g.survivor_id FOR UPDATE;
  IF g.undone_at IS NOT NULL OR g.kept IS NULL OR s.member_id IS NULL THEN RAISE EXCEPTION 'merge_final' USING ERRCODE = 'KO001'; END IF;
  IF merge_used(p_business, p_merge) THEN RAISE EXCEPTION 'merge_used' USING ERRCODE = 'KO001'; END IF;
  l := jsonb_populate_record(NULL::member_stats, g.kept->'loser'->'stats');
  sm := jsonb_populate_record(NULL::member, g.kept->'survivor'->'member');
  lm := jsonb_populate_record(NULL::member, g.kept->'loser'->'member');
  b := jsonb_populate_record(NULL::member_profile, g.kept->'survivor'->'profile');
  o := jsonb_populate_record(NULL::member_profile, g.kept->'loser'->'profile');

  -- Points first, while the lots still know each other. What visits and confirmations did to them since stays.
  FOR v IN SELECT h.*, y.available_at, y.expires_at FROM lot_heir h
    JOIN lot y ON y.business_id = p_business AND y.member_id = h.to_member_id AND y.id = h.to_lot_id
    WHERE h.business_id = p_business AND h.merge_id = p_merge AND h.to_member_id = g.survivor_id ORDER BY y.expires_at, y.id
  LOOP
    PERFORM ledger_move(p_business, g.survivor_id, v.to_lot_id, g.loser_id, v.lot_id, p_now, v.points);
    UPDATE lot SET available_at = v.available_at, expires_at = v.expires_at WHERE business_id = p_business AND member_id = g.loser_id AND id = v.lot_id;
    UPDATE lot_move SET member_id = g.loser_id, lot_id = v.lot_id
    WHERE business_id = p_business AND member_id = g.survivor_id AND lot_id = v.to_lot_id AND operation_id IN (
      SELECT (row->>'id')::bigint FROM member_merge_row WHERE business_id = p_business AND merge_id = p_merge AND source = 'operation');
  END LOOP;
  DELETE FROM lot_heir x WHERE x.business_id = p_business AND x.merge_id = p_merge;
  DELETE FROM member_alias x WHERE x.business_id = p_business AND x.merge_id = p_merge;

  UPDATE member x SET inviter_id = CASE WHEN x.inviter_id IS NOT DISTINCT FROM coalesce(nullif(sm.inviter_id, g.loser_id), nullif(lm.inviter_id, g.survivor_id))
      THEN sm.inviter_id ELSE x.inviter_id END,
    person_id = CASE WHEN sm.person_id IS NULL AND x.person_id = lm.person_id THEN NULL ELSE x.person_id END,
    uid = CASE WHEN sm.uid IS NULL AND x.uid = lm.uid THEN NULL ELSE x.uid END,
    blocked_at = CASE WHEN x.blocked_at IS NOT DISTINCT FROM least(sm.blocked_at, lm.blocked_at) THEN sm.blocked_at ELSE x.blocked_at END
  WHERE x.business_id = p_business AND x.id = g.survivor_id;
  UPDATE member_profile x SET
    name = CASE WHEN b.name IS NULL AND x.name = o.name THEN NULL ELSE x.name END,
    phone = CASE WHEN b.phone IS NULL AND x.phone = o.phone THEN NULL ELSE x.phone END,
    email = CASE WHEN b.email IS NULL AND x.email = o.email THEN NULL ELSE x.email END,
    birth_date = CASE WHEN b.birth_date IS NULL AND x.birth_date = o.birth_date THEN NULL ELSE x.birth_date END,
    gender = CASE WHEN b.gender IS NULL AND x.gender = o.gender THEN NULL ELSE x.gender END,
    note = CASE WHEN x.note IS NOT DISTINCT FROM nullif(concat_ws(E'\n', b.note, nullif(o.note, b.note)), '') THEN b.note ELSE x.note END
  WHERE x.business_id = p_business AND x.member_id = g.survivor_id;
  UPDATE member_profile x SET search = lower(concat_ws(' ', x.name, x.phone, x.email)) WHERE x.business_id = p_business AND x.member_id = g.survivor_id;
  INSERT INTO member SELECT lm.*;
  IF o.member_id IS NOT NULL THEN INSERT INTO member_profile SELECT o.*; END IF;
  INSERT INTO member_stats SELECT l.*;

  FOR v IN SELECT DISTINCT r.source, r.what FROM member_merge_row r
    WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.what IN ('member_id', 'inviter_id', 'friend_id') ORDER BY 1, 2
  LOOP
    PERFORM merge_unpoint(p_business, p_merge, v.source, v.what, g.survivor_id, g.loser_id);
  END LOOP;
  DELETE FROM member_consent x USING member_merge_row r WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'member_consent'
    AND r.what = 'said' AND x.business_id = p_business AND x.id = (r.row->>'id')::bigint;
  PERFORM merge_sums(p_business, p_merge, g.survivor_id, g.loser_id, -1);
  FOR v IN SELECT DISTINCT r.source FROM member_merge_row r WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.what = 'taken'
    AND r.source NOT IN ('rule_use', 'stamp_card', 'referral_stats')
  LOOP
    EXECUTE format('INSERT INTO %1$I SELECT y.* FROM member_merge_row r, jsonb_populate_record(NULL::%1$I, r.row) y
      WHERE r.business_id = $1 AND r.merge_id = $2 AND r.source = %1$L AND r.what = ''taken'' ON CONFLICT DO NOTHING', v.source)
      USING p_business, p_merge;
  END LOOP;

  v_quiet := NOT EXISTS (SELECT FROM operation x WHERE x.business_id = p_business AND x.member_id = g.survivor_id AND x.id > p_merge);
  v_tier := CASE WHEN v_quiet THEN g.kept->'survivor'->'stats'->>'tier_id' ELSE s.tier_id END;
  UPDATE member_stats x SET version = x.version + 1, tier_id = v_tier, points = x.points - l.points, visits = x.visits - l.visits,
    full_refunds = x.full_refunds - l.full_refunds, cash_spent_minor = x.cash_spent_minor - l.cash_spent_minor,
    saved_minor = x.saved_minor - l.saved_minor, first_at = f.first_at, last_at = f.last_at
  FROM (SELECT min(y.at) AS first_at, max(y.at) AS last_at FROM operation y WHERE y.business_id = p_business AND y.member_id = g.survivor_id
    AND y.kind = 'purchase' AND y.state = 'normal') f
  WHERE x.business_id = p_business AND x.member_id = g.survivor_id;
  UPDATE member_stats x SET version = x.version + 1 WHERE x.business_id = p_business AND x.member_id = g.loser_id;
  PERFORM merge_invited(p_business, g.survivor_id);
  PERFORM merge_invited(p_business, g.loser_id);
  IF v_tier <> s.tier_id THEN
    INSERT INTO tier_change (business_id, member_id, id, at, tier_before, tier_after, is_up, reason)
    VALUES (p_business, g.survivor_id, next_id(p_now), p_now, s.tier_id, v_tier, false, 'merged');
    INSERT INTO outbox (business_id, member_id, type, payload, at, due_at)
    VALUES (p_business, g.survivor_id, 'tier.changed', jsonb_build_object('tierBefore', s.tier_id, 'tierAfter', v_tier, 'direction', 'down',
      'reason', 'merged'), p_now, p_now);
  END IF;
  DELETE FROM member_standing x WHERE v_quiet AND x.business_id = p_business AND x.member_id = g.survivor_id;
  UPDATE member_standing x SET window_key = '' WHERE x.business_id = p_business AND x.member_id = g.survivor_id;
  IF v_quiet AND g.kept->'survivor'->'standing' <> 'null' THEN
    INSERT INTO member_standing SELECT y.* FROM jsonb_populate_record(NULL::member_standing, g.kept->'survivor'->'standing') y;
  END IF;
  DELETE FROM member_standing x WHERE x.business_id = p_business AND x.member_id = g.loser_id;
  IF g.kept->'loser'->'standing' <> 'null' THEN
    INSERT INTO member_standing SELECT y.* FROM jsonb_populate_record(NULL::member_standing, g.kept->'loser'->'standing') y;
  END IF;
  UPDATE member_merge x SET undone_at = p_now, undone_by = p_staff, kept = NULL WHERE x.business_id = p_business AND x.id = p_merge;
  DELETE FROM member_merge_row x WHERE x.business_id = p_business AND x.merge_id = p_merge;
  RETURN QUERY SELECT g.survivor_id, g.loser_id;
END
$$;

REVOKE EXECUTE ON FUNCTION merge_members, unmerge_members FROM PUBLIC;
GRANT EXECUTE ON FUNCTION merge_members, unmerge_members TO kolo_app;
