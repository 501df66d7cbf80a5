-- name: traffic_by_hour
-- description: Page views, visitors and purchases by hour of the day in Berlin. Page views and purchases that were delivered twice count twice: see duplicates.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=hour y=page_views
SELECT
  hour(with_timezone(event_time, 'UTC') AT TIME ZONE 'Europe/Berlin') AS hour,
  count_if(event_type = 'page_view') AS page_views,
  count(DISTINCT visitor_id) AS visitors,
  count_if(event_type = 'purchase') AS purchases
FROM clickstream
WHERE dt BETWEEN ? AND ?
GROUP BY hour(with_timezone(event_time, 'UTC') AT TIME ZONE 'Europe/Berlin')
ORDER BY hour
