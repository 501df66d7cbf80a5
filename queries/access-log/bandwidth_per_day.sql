-- name: bandwidth_per_day
-- description: Bytes sent per day, and the mean and largest response. Responses without a body count as 0 bytes.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=megabytes
SELECT
  CAST(time AS date) AS day,
  count(*) AS requests,
  coalesce(sum(bytes), 0) AS bytes,
  round(CAST(coalesce(sum(bytes), 0) AS double) / 1e6, 3) AS megabytes,
  round(CAST(coalesce(sum(bytes), 0) AS double) / count(*), 1) AS mean_bytes,
  coalesce(max(bytes), 0) AS largest_bytes
FROM access_log
WHERE dt BETWEEN ? AND ?
GROUP BY CAST(time AS date)
ORDER BY day
