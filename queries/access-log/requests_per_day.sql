-- name: requests_per_day
-- description: How many requests came in per day and status. An event that was delivered twice counts twice: see duplicates.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=requests series=status
SELECT
  CAST(time AS date) AS day,
  status,
  count(*) AS requests
FROM access_log
WHERE dt BETWEEN ? AND ?
GROUP BY CAST(time AS date), status
ORDER BY day, status
