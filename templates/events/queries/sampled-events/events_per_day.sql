-- name: events_per_day
-- description: Events per day of arrival. An event that was delivered twice counts twice: see duplicates.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=dt y=events
SELECT
  dt,
  count(*) AS events,
  min(sampled_time) AS earliest,
  max(sampled_time) AS latest
FROM sampled_events
WHERE dt BETWEEN ? AND ?
GROUP BY dt
ORDER BY dt
