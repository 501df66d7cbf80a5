-- name: revenue_per_day
-- description: Orders and revenue in euro per day in Berlin. Each order counts once, however often it was delivered.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=revenue
WITH lines AS (
  SELECT DISTINCT
    order_id,
    CAST(with_timezone(placed_at, 'UTC') AT TIME ZONE 'Europe/Berlin' AS date) AS day,
    line,
    quantity * price AS amount
  FROM orders
  CROSS JOIN UNNEST(items) WITH ORDINALITY AS item (product, quantity, price, line)
  WHERE dt BETWEEN ? AND ?
)
SELECT
  day,
  count(DISTINCT order_id) AS orders,
  round(coalesce(sum(amount), 0e0), 2) AS revenue
FROM lines
GROUP BY day
ORDER BY day
