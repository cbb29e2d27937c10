-- Codes made for one member alone go with them: to the card that stays when two become one, back when it is taken back, and away with
-- whoever is erased. The functions are long and stand as they are but for these lines.
DO $$
DECLARE
  v record;
  v_text text;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('merge_members', $x$  PERFORM merge_point(p_business, p_merge, 'member', 'inviter_id', '{id}', p_loser, p_survivor);$x$,
      $x$  PERFORM merge_point(p_business, p_merge, 'member', 'inviter_id', '{id}', p_loser, p_survivor);
  PERFORM merge_point(p_business, p_merge, 'promo_code', 'for_member_id', '{code}', p_loser, p_survivor);$x$),
    ('unmerge_members', $x$r.what IN ('member_id', 'inviter_id', 'friend_id')$x$,
      $x$r.what IN ('member_id', 'inviter_id', 'friend_id', 'for_member_id')$x$),
    -- A code that was used is used, whoever it was made for.
    ('merge_used', $x$    OR EXISTS (SELECT FROM bills b JOIN$x$,
      $x$    OR EXISTS (
      SELECT FROM member_merge_row r JOIN member_merge g ON g.business_id = p_business AND g.id = p_merge
      JOIN promo_code c ON c.business_id = p_business AND c.code = r.row->>'code' AND c.used_at >= g.at AND c.member_id = g.survivor_id
      WHERE r.business_id = p_business AND r.merge_id = p_merge AND r.source = 'promo_code' AND r.what = 'for_member_id')
    OR EXISTS (SELECT FROM bills b JOIN$x$),
    ('erase_member', $x$  UPDATE entitlement x SET comment = NULL$x$,
      $x$  DELETE FROM promo_code x WHERE x.business_id = p_business AND x.for_member_id = p_member AND x.used_at IS NULL;
  UPDATE entitlement x SET comment = NULL$x$)
  ) AS x(name, old, new) LOOP
    SELECT pg_get_functiondef(v.name::regproc) INTO v_text;
    IF position(v.old IN v_text) = 0 THEN RAISE EXCEPTION '% is written in another way', v.name; END IF;
    EXECUTE replace(v_text, v.old, v.new);
  END LOOP;
END
$$;
