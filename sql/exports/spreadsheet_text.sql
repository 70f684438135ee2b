-- A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front. One that
-- begins with apostrophes and then like a formula gets one more, so that taking the first away gives every text back.
CREATE OR REPLACE TEMP MACRO spreadsheet_text(words) AS
    CASE
        WHEN regexp_matches(words, '^''*[=+\-@\t\r\n＝＋－＠]') THEN concat('''', words)
        ELSE words
    END;
