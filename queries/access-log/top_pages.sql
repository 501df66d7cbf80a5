-- name: top_pages
-- description: The pages most asked for and answered well, without query strings, images, styles, scripts and fonts.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: limit int = 20 | how many pages
-- chart: bar x=page y=requests
SELECT
  split_part(path, '?', 1) AS page,
  count(*) AS requests,
  count(DISTINCT remote_addr) AS addresses
FROM access_log
WHERE dt BETWEEN ? AND ?
  AND method = 'GET'
  AND status BETWEEN 200 AND 399
  AND NOT regexp_like(lower(split_part(path, '?', 1)), '\.(css|js|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot)$')
GROUP BY split_part(path, '?', 1)
ORDER BY requests DESC, page
LIMIT ?
