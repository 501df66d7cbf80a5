-- name: referrers
-- description: Hosts of the pages that linked here, with the requests and the number of pages that they led to.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: own_host string = '' | a host to leave out: your own
-- parameter: limit int = 20 | how many hosts
-- chart: bar x=host y=requests
WITH referred AS (
  SELECT
    lower(regexp_extract(referer, '^https?://([^/:?#]+)', 1)) AS host,
    split_part(path, '?', 1) AS page
  FROM access_log
  WHERE dt BETWEEN ? AND ?
)
SELECT
  host,
  count(*) AS requests,
  count(DISTINCT page) AS pages
FROM referred
WHERE host <> lower(?)
GROUP BY host
ORDER BY requests DESC, host
LIMIT ?
