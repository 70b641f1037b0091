-- The fork guard on Workers: the last checkpoint that was answered with, in a database beside the log's.
CREATE TABLE guard (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  note TEXT NOT NULL
) STRICT;
