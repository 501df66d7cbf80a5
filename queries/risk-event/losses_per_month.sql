-- name: losses_per_month
-- description: Events and net loss in euro by the month of their discovery. Each event counts once, as reported in its last month of arrival.
-- parameter: period period = last 12 months | months of arrival to read
-- chart: bar x=month y=net_loss
WITH versions AS (
  SELECT
    eventid,
    discoverydate,
    netloss,
    row_number() OVER (PARTITION BY eventid ORDER BY dt DESC, netloss DESC, discoverydate) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
)
SELECT
  date_trunc('month', discoverydate) AS month,
  count(*) AS events,
  round(coalesce(sum(netloss), 0e0), 2) AS net_loss
FROM versions
WHERE version = 1
  OR eventid IS NULL
GROUP BY date_trunc('month', discoverydate)
ORDER BY month
