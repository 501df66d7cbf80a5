-- name: net_loss_by_business
-- description: Net loss in euro by line of business and kind of risk. Each event counts once, as reported in its last month of arrival.
-- parameter: period period = last 12 months | months of arrival to read
-- chart: bar x=business y=net_loss series=category
WITH versions AS (
  SELECT
    eventid,
    business,
    riskcategory,
    netloss,
    row_number() OVER (PARTITION BY eventid ORDER BY dt DESC, netloss DESC) AS version
  FROM risk_event
  WHERE dt BETWEEN ? AND ?
)
SELECT
  business,
  riskcategory AS category,
  count(*) AS events,
  round(coalesce(sum(netloss), 0e0), 2) AS net_loss,
  round(max(netloss), 2) AS largest_loss
FROM versions
WHERE version = 1
  OR eventid IS NULL
GROUP BY business, riskcategory
ORDER BY net_loss DESC, business, category
