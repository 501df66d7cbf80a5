-- name: top_losses
-- description: The events with the largest net loss, in euro. Each event counts once, as reported in its last month of arrival.
-- parameter: period period = last 12 months | months of arrival to read
-- parameter: limit int = 20 | how many events
-- chart: bar x=name y=net_loss
WITH versions AS (
  SELECT
    eventid,
    name,
    business,
    region,
    status,
    riskcategory,
    discoverydate,
    netloss,
    row_number() OVER (PARTITION BY eventid ORDER BY dt DESC, netloss DESC, status) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
)
SELECT
  name,
  business,
  region,
  riskcategory AS category,
  status,
  discoverydate AS discovered,
  round(netloss, 2) AS net_loss
FROM versions
WHERE (version = 1 OR eventid IS NULL)
  AND netloss IS NOT NULL
ORDER BY netloss DESC, name, eventid
LIMIT ?
