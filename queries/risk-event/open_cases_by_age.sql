-- name: open_cases_by_age
-- description: Cases that are not closed, by days since their discovery. Each event counts once, as reported in its last month of arrival.
-- parameter: period period = last 24 months | months of arrival to read
-- parameter: as_of date = today | the day on which the age is taken
-- chart: bar x=age y=cases
WITH versions AS (
  SELECT
    eventid,
    status,
    discoverydate,
    netloss,
    row_number() OVER (PARTITION BY eventid ORDER BY dt DESC, status, netloss DESC) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
),
cases AS (
  SELECT
    date_diff('day', discoverydate, ?) AS age_days,
    netloss
  FROM versions
  WHERE (version = 1 OR eventid IS NULL)
    AND coalesce(lower(status), '') <> 'closed'
)
SELECT
  CASE
    WHEN age_days <= 30 THEN '0-30 days'
    WHEN age_days <= 90 THEN '31-90 days'
    WHEN age_days <= 180 THEN '91-180 days'
    WHEN age_days <= 365 THEN '181-365 days'
    ELSE 'over 365 days'
  END AS age,
  count(*) AS cases,
  max(age_days) AS oldest_days,
  round(coalesce(sum(netloss), 0e0), 2) AS net_loss
FROM cases
WHERE age_days >= 0
GROUP BY
  CASE
    WHEN age_days <= 30 THEN '0-30 days'
    WHEN age_days <= 90 THEN '31-90 days'
    WHEN age_days <= 180 THEN '91-180 days'
    WHEN age_days <= 365 THEN '181-365 days'
    ELSE 'over 365 days'
  END
ORDER BY oldest_days
