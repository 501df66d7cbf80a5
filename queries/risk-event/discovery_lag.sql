-- name: discovery_lag
-- description: Days between the start of an event and its discovery, by kind of risk: mean, median (nearest rank) and longest. Each event counts once.
-- parameter: period period = last 12 months | months of arrival to read
-- chart: bar x=category y=median_days
WITH versions AS (
  SELECT
    eventid,
    riskcategory,
    date_diff('day', occurrencestartdate, discoverydate) AS lag_days,
    row_number() OVER (PARTITION BY eventid ORDER BY dt DESC, discoverydate, occurrencestartdate) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
),
ranked AS (
  SELECT
    riskcategory,
    lag_days,
    row_number() OVER (PARTITION BY riskcategory ORDER BY lag_days) AS rank_of_event,
    count(*) OVER (PARTITION BY riskcategory) AS events
  FROM versions
  WHERE (version = 1 OR eventid IS NULL)
    AND lag_days IS NOT NULL
)
SELECT
  riskcategory AS category,
  count(*) AS events,
  round(avg(CAST(lag_days AS double)), 1) AS mean_days,
  min(lag_days) FILTER (WHERE rank_of_event * 2 >= events) AS median_days,
  max(lag_days) AS longest_days
FROM ranked
GROUP BY riskcategory
ORDER BY median_days DESC, category
