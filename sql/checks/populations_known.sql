-- severity: warning
-- Every attribute of a population is one of population_attribute. One that isn't is shown by its code; a warning, as it
-- is a name that is lacking and no figure.
WITH told AS (
    SELECT population, unnest(string_split(population, ';')) AS pair
    FROM population
    WHERE contains(population, '=')
)
SELECT told.*
FROM told ANTI JOIN population_attribute ON concat(population_attribute.attribute, '=', code) = told.pair
