-- name: duplicates
-- description: Events that lie in the lake more than once, by their id: delivery is at least once.
-- parameter: period period = last 12 months | months of arrival to read
-- parameter: limit int = 100 | how many ids
SELECT
  eventid AS event_id,
  count(*) AS copies,
  min(dt) AS first_partition,
  max(dt) AS last_partition
FROM risk_event
WHERE dt BETWEEN ? AND ?
  AND eventid IS NOT NULL
GROUP BY eventid
HAVING count(*) > 1
ORDER BY copies DESC, event_id
LIMIT ?
