-- As before; going back subtracts in place: a row of less than nothing is refused even where it would only be added.
CREATE OR REPLACE FUNCTION merge_sums(p_business bigint, p_merge bigint, p_survivor bigint, p_loser bigint, p_sign int) RETURNS void
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
      EXECUTE format(
        'INSERT INTO %1$I AS x (business_id, member_id%2$s, %3$s)
         SELECT $1, $2%4$s, %5$s FROM member_merge_row r, jsonb_populate_record(NULL::%1$I, r.row) y
         WHERE r.business_id = $1 AND r.merge_id = $3 AND r.source = %1$L AND r.what = ''taken''
         ON CONFLICT ON CONSTRAINT %6$I DO UPDATE SET %7$s',
        v.source,
        (SELECT coalesce(string_agg(', ' || quote_ident(k), ''), '') FROM unnest(v.keys) k),
        (SELECT string_agg(quote_ident(s), ', ') FROM unnest(v.sums) s),
        (SELECT coalesce(string_agg(', y.' || quote_ident(k), ''), '') FROM unnest(v.keys) k),
        (SELECT string_agg(format('y.%I', s), ', ') FROM unnest(v.sums) s),
        v.source || '_pkey',
        (SELECT string_agg(format('%1$I = x.%1$I + excluded.%1$I', s), ', ') FROM unnest(v.sums) s))
        USING p_business, p_survivor, p_merge;
    END IF;
    IF p_sign < 0 THEN
      EXECUTE format(
        'UPDATE %1$I x SET %2$s FROM member_merge_row r, jsonb_populate_record(NULL::%1$I, r.row) y
         WHERE r.business_id = $1 AND r.merge_id = $3 AND r.source = %1$L AND r.what = ''taken''
           AND x.business_id = $1 AND x.member_id = $2%3$s',
        v.source,
        (SELECT string_agg(format('%1$I = x.%1$I - y.%1$I', s), ', ') FROM unnest(v.sums) s),
        (SELECT coalesce(string_agg(format(' AND x.%1$I = y.%1$I', k), ''), '') FROM unnest(v.keys) k))
        USING p_business, p_survivor, p_merge;
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

-- Since when somebody is a member is since the first of the two; a merge taken back gives each their own day.
DO $$
DECLARE
  v record;
  v_text text;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('merge_members', 'blocked_at = least(sm.blocked_at, lm.blocked_at)',
      'blocked_at = least(sm.blocked_at, lm.blocked_at), created_at = least(sm.created_at, lm.created_at)'),
    ('unmerge_members', 'THEN sm.blocked_at ELSE x.blocked_at END', 'THEN sm.blocked_at ELSE x.blocked_at END, created_at = sm.created_at')
  ) AS x(name, old, new) LOOP
    SELECT pg_get_functiondef(v.name::regproc) INTO v_text;
    IF position(v.old IN v_text) = 0 THEN RAISE EXCEPTION '% is written in another way', v.name; END IF;
    EXECUTE replace(v_text, v.old, v.new);
  END LOOP;
END
$$;
