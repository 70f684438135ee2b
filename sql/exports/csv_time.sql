-- A time in UTC as ISO 8601 and RFC 3339 have it, which say the zone.
CREATE OR REPLACE TEMP MACRO csv_time(moment) AS
    replace(strftime(moment, '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z');
