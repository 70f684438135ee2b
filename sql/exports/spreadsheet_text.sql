-- A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe in front. One that
-- begins with apostrophes and then like a formula gets one more, so that taking the first away gives every text back.
-- What steers a terminal or turns the direction of writing round hides what a cell says: � stands there. White space
-- such as a form feed, the end of a page, stays.
CREATE OR REPLACE TEMP MACRO spreadsheet_text(words) AS
    regexp_replace(
        regexp_replace(
            words, '[\x00-\x08\x0E-\x1B\x7F-\x{84}\x{86}-\x{9F}\x{202A}-\x{202E}\x{2066}-\x{2069}]', '�', 'g'
        ),
        '^(''*[=+\-@\t\r\n＝＋－＠])',
        '''\1'
    );
