-- name: conversion_funnel
-- description: How many sessions saw a page, put something into the cart and bought it. A session reaches a step when it did that step and all before it.
-- parameter: period period = last 30 days | days of arrival to read
-- chart: bar x=step y=sessions
WITH sessions AS (
  SELECT
    session_id,
    CASE
      WHEN count_if(event_type = 'page_view') = 0 THEN 0
      WHEN count_if(event_type = 'add_to_cart') = 0 THEN 1
      WHEN count_if(event_type = 'purchase') = 0 THEN 2
      ELSE 3
    END AS reached
  FROM clickstream
  WHERE dt BETWEEN ? AND ?
    AND session_id IS NOT NULL
  GROUP BY session_id
),
funnel AS (
  SELECT
    steps.step_number,
    steps.step,
    count_if(sessions.reached >= steps.step_number) AS sessions
  FROM sessions
  CROSS JOIN (VALUES (1, 'page_view'), (2, 'add_to_cart'), (3, 'purchase')) AS steps (step_number, step)
  GROUP BY steps.step_number, steps.step
)
SELECT
  step_number,
  step,
  sessions,
  round(CAST(sessions AS double) / nullif(max(sessions) OVER (), 0), 4) AS share_of_first,
  round(CAST(sessions AS double) / nullif(lag(sessions) OVER (ORDER BY step_number), 0), 4) AS share_of_previous
FROM funnel
ORDER BY step_number
