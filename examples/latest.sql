-- The latest fact of each region, level and indicator, with the growth since the year before.
-- duckdb < examples/latest.sql

-- Values are exact decimals, and what looks like a number or date but is none stays text.
CREATE TABLE records AS
SELECT *
FROM read_csv(
    'records.csv',
    types = {
        'value': 'DECIMAL(28, 4)', 'value_max': 'DECIMAL(28, 4)',
        'region_code': 'VARCHAR', 'period': 'VARCHAR', 'base_period': 'VARCHAR', 'published': 'VARCHAR'
    }
);

WITH facts AS (
    SELECT
        region, level, indicator, period, value, unit,
        lag(value) OVER series AS before,
        row_number() OVER (PARTITION BY region, level, indicator, unit ORDER BY period DESC) AS place
    FROM records
    WHERE status = 'actual' AND measure = 'value' AND period_kind = 'year'
    WINDOW series AS (PARTITION BY region, level, indicator, unit ORDER BY period)
)
SELECT
    level, indicator, period, CAST(value AS BIGINT) AS value,
    round(100 * (value - before) / before, 2) AS growth
FROM facts
WHERE place = 1 AND indicator IN ('schools', 'enrolment', 'education_expenditure')
ORDER BY indicator, value DESC;
