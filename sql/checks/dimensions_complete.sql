-- severity: error
-- Every code of a claim is a row of its dimension, with a name; units and measures of the vocabulary are so by their keys.
SELECT 'status' AS dimension, status AS code, min(claim_id) AS claim_id
FROM claim ANTI JOIN status ON status.status = claim.status
GROUP BY status
UNION ALL
SELECT 'population', population, min(claim_id)
FROM claim ANTI JOIN population ON population.population = claim.population AND population.label_nl <> ''
WHERE population IS NOT NULL
GROUP BY population
UNION ALL
SELECT 'period', period, min(claim_id)
FROM claim ANTI JOIN period ON period.period = claim.period
WHERE period IS NOT NULL
GROUP BY period
UNION ALL
SELECT 'period', base_period, min(claim_id)
FROM claim ANTI JOIN period ON period.period = claim.base_period
WHERE base_period IS NOT NULL
GROUP BY base_period
