-- name: duplicates
-- description: Orders that lie in the lake more than once: delivery is at least once.
-- parameter: period period = last 7 days | days of arrival to read
-- parameter: limit int = 100 | how many orders
SELECT
  order_id,
  count(*) AS copies
FROM orders
WHERE dt BETWEEN ? AND ?
GROUP BY order_id
HAVING count(*) > 1
ORDER BY copies DESC, order_id
LIMIT ?
