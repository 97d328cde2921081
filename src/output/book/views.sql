-- What documents state as fact, with the name of the indicator.
CREATE VIEW facts AS
SELECT o.*, c.label_zh
FROM observations AS o LEFT JOIN codebook AS c USING (indicator)
WHERE o.status = 'actual' AND o.value IS NOT NULL;

-- Levels over time: facts, plans and norms of known indicator and period. A part that differs from its total in
-- nothing but the words (女生 of 在校生) is left out. `periods` is how many periods the series has.
CREATE VIEW series AS
WITH whole AS (
  SELECT o.*, c.label_zh
  FROM observations AS o JOIN codebook AS c USING (indicator)
  WHERE o.measure = 'value' AND o.value IS NOT NULL AND o.period_end IS NOT NULL
    AND NOT EXISTS (
      SELECT 1 FROM observations AS p
      WHERE p.id = o.parent AND o.relation = 'part' AND p.indicator = o.indicator AND p.unit = o.unit
        AND p.region_code IS o.region_code AND p.scope IS o.scope AND p.level IS o.level
        AND p.ownership IS o.ownership AND p.locality IS o.locality)
), numbered AS (
  SELECT *, dense_rank() OVER (
      PARTITION BY region_code, scope, level, indicator, ownership, locality, unit, per, status ORDER BY period
    ) AS nth
  FROM whole
)
SELECT region, region_code, scope, level, indicator, label_zh, ownership, locality, unit, per, status,
  period, period_start, period_end, value, value_exact, value_max, bound, mention, source, line, id,
  max(nth) OVER (
    PARTITION BY region_code, scope, level, indicator, ownership, locality, unit, per, status) AS periods
FROM numbered
ORDER BY region_code, scope, indicator, level, ownership, locality, unit, per, status, period_end, source, line, id;

-- The latest fact of each region, level and indicator, of all schools and people together (no scope, ownership or
-- locality). `others` is how many other values are stated for the same period.
CREATE VIEW latest AS
WITH ranked AS (
  SELECT *,
    row_number() OVER (
      PARTITION BY region_code, level, indicator, unit, per
      ORDER BY period_end DESC, bound <> 'exact', source DESC, line, id) AS rank,
    count(*) OVER (PARTITION BY region_code, level, indicator, unit, per, period_end)
    - count(*) OVER (PARTITION BY region_code, level, indicator, unit, per, period_end, value) AS others
  FROM series
  WHERE status = 'actual' AND region_code IS NOT NULL
    AND scope IS NULL AND ownership IS NULL AND locality IS NULL
)
SELECT region, region_code, level, indicator, label_zh, value, value_exact, unit, per, bound, period, period_end,
  mention, source, line, id, others
FROM ranked
WHERE rank = 1
ORDER BY region_code, indicator, level;
