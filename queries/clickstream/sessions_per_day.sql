-- name: sessions_per_day
-- description: Visitors, sessions and page views per day in Berlin. Visitors and sessions count once however often an event was delivered; page views do not: see duplicates.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=sessions
SELECT
  CAST(with_timezone(event_time, 'UTC') AT TIME ZONE 'Europe/Berlin' AS date) AS day,
  count(DISTINCT visitor_id) AS visitors,
  count(DISTINCT session_id) AS sessions,
  count_if(event_type = 'page_view') AS page_views,
  round(
    CAST(count_if(event_type = 'page_view') AS double) / nullif(count(DISTINCT session_id), 0),
    2
  ) AS page_views_per_session
FROM clickstream
WHERE dt BETWEEN ? AND ?
GROUP BY CAST(with_timezone(event_time, 'UTC') AT TIME ZONE 'Europe/Berlin' AS date)
ORDER BY day
