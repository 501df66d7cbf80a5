-- name: traffic_by_hour
-- description: Requests by hour of the day (UTC), people and bots apart. A bot is what calls itself one, or a client without a user agent.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=hour y=people
WITH requests AS (
  SELECT
    hour(time) AS hour,
    coalesce(
      regexp_like(
        lower(user_agent),
        'bot|crawl|spider|slurp|feed|fetch|monitor|curl|wget|python|java/|perl|ruby|libwww|httpclient'
      ),
      true
    ) AS is_bot
  FROM access_log
  WHERE dt BETWEEN ? AND ?
)
SELECT
  hour,
  count_if(NOT is_bot) AS people,
  count_if(is_bot) AS bots,
  round(CAST(count_if(is_bot) AS double) / count(*), 4) AS bot_share
FROM requests
GROUP BY hour
ORDER BY hour
