-- name: duplicates
-- description: Events that lie in the lake more than once, by their id: delivery is at least once.
-- parameter: period period = last 7 days | days of arrival to read
-- parameter: limit int = 100 | how many ids
SELECT
  sampled_id AS id,
  count(*) AS copies
FROM sampled_events
WHERE dt BETWEEN ? AND ?
  AND sampled_id IS NOT NULL
GROUP BY sampled_id
HAVING count(*) > 1
ORDER BY copies DESC, id
LIMIT ?
