-- name: visitors
-- description: Visitors per day, and how many of them came on an earlier day of the period too. A visitor is an address with a user agent; bots are left out.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=day y=visitors
WITH visits AS (
  SELECT DISTINCT
    CAST(time AS date) AS day,
    remote_addr,
    user_agent
  FROM access_log
  WHERE dt BETWEEN ? AND ?
    AND NOT regexp_like(
      lower(user_agent),
      'bot|crawl|spider|slurp|feed|fetch|monitor|curl|wget|python|java/|perl|ruby|libwww|httpclient'
    )
),
visitors AS (
  SELECT
    day,
    min(day) OVER (PARTITION BY remote_addr, user_agent) AS first_day
  FROM visits
)
SELECT
  day,
  count(*) AS visitors,
  count_if(day > first_day) AS returning_visitors,
  round(CAST(count_if(day > first_day) AS double) / count(*), 4) AS returning_share
FROM visitors
GROUP BY day
ORDER BY day
