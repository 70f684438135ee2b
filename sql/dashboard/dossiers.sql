-- Dossiers of the letters, those with most letters first.
SELECT unnest(dossiers) AS dossier, count(*) AS letters FROM letter WHERE is_current GROUP BY dossier ORDER BY letters DESC, dossier;
