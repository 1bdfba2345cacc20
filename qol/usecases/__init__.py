"""Acts that commit, one verb a file: where a transaction begins, ends and is audited."""
