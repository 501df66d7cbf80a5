-- name: top_pages
-- description: The pages seen most, and by how many visitors. A page view that was delivered twice counts twice: see duplicates.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: limit int = 20 | how many pages
-- chart: bar x=page y=views
SELECT
  page,
  count(*) AS views,
  count(DISTINCT visitor_id) AS visitors
FROM clickstream
WHERE dt BETWEEN ? AND ?
  AND event_type = 'page_view'
GROUP BY page
ORDER BY views DESC, page
LIMIT ?
