-- name: searches
-- description: What visitors searched for, in lower case, how often, and in how many sessions.
-- parameter: period period = last 30 days | days of arrival to read
-- parameter: limit int = 20 | how many terms
-- chart: bar x=term y=searches
SELECT
  lower(trim(search_term)) AS term,
  count(*) AS searches,
  count(DISTINCT session_id) AS sessions
FROM clickstream
WHERE dt BETWEEN ? AND ?
  AND event_type = 'search'
  AND trim(search_term) <> ''
GROUP BY lower(trim(search_term))
ORDER BY searches DESC, term
LIMIT ?
