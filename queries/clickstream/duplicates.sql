-- name: duplicates
-- description: Events that lie in the lake more than once, by their id: delivery is at least once.
-- parameter: period period = last 7 days | days of arrival to read
-- parameter: limit int = 100 | how many ids
SELECT
  event_id AS event_id,
  count(*) AS copies,
  min(dt) AS first_partition,
  max(dt) AS last_partition
FROM clickstream
WHERE dt BETWEEN ? AND ?
  AND event_id IS NOT NULL
GROUP BY event_id
HAVING count(*) > 1
ORDER BY copies DESC, event_id
LIMIT ?
