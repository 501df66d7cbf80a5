-- name: page_load_times
-- description: How long pages take to load, in milliseconds: median, 95th and 99th percentile by nearest rank, exact.
-- parameter: period period = last 7 days | days of arrival to read
-- parameter: at_least int = 1 | page views that a page needs to be listed
-- parameter: limit int = 20 | how many pages
-- chart: bar x=page y=p95_milliseconds
WITH ranked AS (
  SELECT
    page,
    load_milliseconds,
    row_number() OVER (PARTITION BY page ORDER BY load_milliseconds) AS rank_of_view,
    count(*) OVER (PARTITION BY page) AS views
  FROM clickstream
  WHERE dt BETWEEN ? AND ?
    AND event_type = 'page_view'
    AND load_milliseconds IS NOT NULL
)
SELECT
  page,
  count(*) AS views,
  min(load_milliseconds) FILTER (WHERE rank_of_view * 100 >= views * 50) AS p50_milliseconds,
  min(load_milliseconds) FILTER (WHERE rank_of_view * 100 >= views * 95) AS p95_milliseconds,
  min(load_milliseconds) FILTER (WHERE rank_of_view * 100 >= views * 99) AS p99_milliseconds
FROM ranked
GROUP BY page
HAVING count(*) >= ?
ORDER BY p95_milliseconds DESC, page
LIMIT ?
