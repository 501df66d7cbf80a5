-- name: errors_by_path
-- description: Which paths answered with an error (status 400 and above), how often and when last.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: limit int = 20 | how many paths
-- chart: bar x=page y=errors
SELECT
  split_part(path, '?', 1) AS page,
  status,
  count(*) AS errors,
  count(DISTINCT remote_addr) AS addresses,
  max(time) AS last_seen
FROM access_log
WHERE dt BETWEEN ? AND ?
  AND status >= 400
GROUP BY split_part(path, '?', 1), status
ORDER BY errors DESC, page, status
LIMIT ?
