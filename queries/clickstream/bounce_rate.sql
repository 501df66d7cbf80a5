-- name: bounce_rate
-- description: For each landing page, the share of sessions that saw no other page. Page views of the same instant are one, so that a repeated delivery is no second view.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: limit int = 20 | how many landing pages
-- chart: bar x=landing_page y=bounce_rate
WITH sessions AS (
  SELECT
    session_id,
    min_by(page, event_time) AS landing_page,
    min(event_time) = max(event_time) AS bounced
  FROM clickstream
  WHERE dt BETWEEN ? AND ?
    AND event_type = 'page_view'
    AND session_id IS NOT NULL
  GROUP BY session_id
)
SELECT
  landing_page,
  count(*) AS sessions,
  count_if(bounced) AS bounces,
  round(CAST(count_if(bounced) AS double) / count(*), 4) AS bounce_rate
FROM sessions
GROUP BY landing_page
ORDER BY sessions DESC, landing_page
LIMIT ?
