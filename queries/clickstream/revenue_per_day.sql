-- name: revenue_per_day
-- description: Purchases and revenue in euro per day in Berlin and device. Each purchase counts once, however often it was delivered.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=revenue series=device
WITH purchases AS (
  SELECT DISTINCT
    event_id,
    CAST(with_timezone(event_time, 'UTC') AT TIME ZONE 'Europe/Berlin' AS date) AS day,
    device,
    revenue
  FROM clickstream
  WHERE dt BETWEEN ? AND ?
    AND event_type = 'purchase'
)
SELECT
  day,
  device,
  count(*) AS purchases,
  round(coalesce(sum(revenue), 0e0), 2) AS revenue,
  round(avg(revenue), 2) AS mean_purchase
FROM purchases
GROUP BY day, device
ORDER BY day, device
