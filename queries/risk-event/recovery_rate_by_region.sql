-- name: recovery_rate_by_region
-- description: What came back of the estimated gross loss, in euro and as a share, by region. Each event counts once, as reported in its last month of arrival.
-- parameter: period period = last 12 months | months of arrival to read
-- chart: bar x=region y=recovery_rate
WITH versions AS (
  SELECT
    eventid,
    region,
    recoveryamount,
    estimatedgrossloss,
    row_number() OVER (
      PARTITION BY eventid
      ORDER BY dt DESC, recoveryamount DESC, estimatedgrossloss DESC
    ) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
)
SELECT
  region,
  count(*) AS events,
  round(coalesce(sum(estimatedgrossloss), 0e0), 2) AS gross_loss,
  round(coalesce(sum(recoveryamount), 0e0), 2) AS recovered,
  round(coalesce(sum(recoveryamount), 0e0) / nullif(sum(estimatedgrossloss), 0e0), 4) AS recovery_rate
FROM versions
WHERE version = 1
  OR eventid IS NULL
GROUP BY region
ORDER BY recovery_rate DESC, region
